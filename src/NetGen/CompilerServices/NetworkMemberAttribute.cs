using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>
/// Tells NetGen's analyzers and code fixes what a member of a network or of a training pass is for. A member that
/// implements a marked interface member has its role without a mark of its own.
/// </summary>
/// <param name="role">What the member is for.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Field, Inherited = false)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class NetworkMemberAttribute(NetworkMemberRole role) : Attribute
{
    /// <summary>What the member is for.</summary>
    public NetworkMemberRole Role { get; } = role;
}
