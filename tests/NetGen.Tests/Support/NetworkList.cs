using System.Reflection;
using Xunit;

namespace NetGen.Tests.Support;

/// <summary>Networks by the name of their class, as data of theories.</summary>
internal sealed class NetworkList
{
    private readonly Dictionary<string, Func<ulong, AnyNetwork>> _create = [];

    public IEnumerable<string> Keys => _create.Keys;

    public TheoryData<string> Names => [.. Keys];

    public AnyNetwork Create(string name, ulong seed = 0) => _create[name](seed);

    public NetworkList Add<TNetwork>()
        where TNetwork : class, INetwork<TNetwork>
    {
        _create.Add(typeof(TNetwork).Name, seed => AnyNetwork.Of(TNetwork.Create(seed)));
        return this;
    }

    /// <summary>Adds the networks of a namespace and an assembly, ordered by name.</summary>
    /// <param name="network">One of them.</param>
    public NetworkList AddNamespaceOf(Type network)
    {
        MethodInfo add = typeof(NetworkList).GetMethod(nameof(Add))!;
        foreach (Type type in network.Assembly.GetTypes()
            .Where(type => type.Namespace == network.Namespace && typeof(INetwork).IsAssignableFrom(type))
            .OrderBy(type => type.Name, StringComparer.Ordinal))
        {
            add.MakeGenericMethod(type).Invoke(this, []);
        }

        return this;
    }

    public NetworkList AddAll(NetworkList others)
    {
        foreach ((string name, Func<ulong, AnyNetwork> create) in others._create) _create.Add(name, create);
        return this;
    }
}
