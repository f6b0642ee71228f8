using NetGen.Tests.Support;

namespace NetGen.Tests.Parity;

/// <summary>
/// The networks of tests/NetGen.Tests.Networks in this namespace. tests/fixtures/reference has networks of the same names; both must say the
/// same.
/// </summary>
internal static class ParityNetworks
{
    public static NetworkList All { get; } = new NetworkList().AddNamespaceOf(typeof(TinyRegression));
}
