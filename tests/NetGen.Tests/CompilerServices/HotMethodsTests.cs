using System.Reflection;
using NetGen.CompilerServices;
using Xunit;

namespace NetGen.Tests.CompilerServices;

/// <summary>The methods with the loops of the library.</summary>
public sealed class HotMethodsTests
{
    /// <summary>
    /// The JIT optimises them at the first call. Without NoInlining it may later inline such a loop into the method of the user's that calls it most, where it has no
    /// budget left for the formulas in the loop: each addition of vectors was then a call, and predictions with sigmoid took three times as long.
    /// </summary>
    [Fact]
    public void What_is_optimised_at_once_is_never_inlined()
    {
        MethodBase[] hot =
        [
            .. from type in typeof(OutputLoops).Assembly.GetTypes()
               from method in type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly).OfType<MethodBase>()
               where method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveOptimization)
               select method,
        ];
        Assert.InRange(hot.Length, 40, 200);
        Assert.Empty(hot.Where(method => !method.MethodImplementationFlags.HasFlag(MethodImplAttributes.NoInlining)).Select(method => $"{method.DeclaringType}.{method.Name}"));
    }
}
