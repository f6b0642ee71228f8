using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>Groups of work items, numbered consecutively so that threads share them in one call: <c>[50, 1, 1]</c> is 52 items in three groups.</summary>
/// <param name="counts">How many items each group has.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct WorkGroups(int[] counts)
{
    /// <summary>No groups.</summary>
    public static WorkGroups None { get; } = new([]);

    /// <summary>The number of groups.</summary>
    public int Count => counts.Length;

    /// <summary>The number of items of all groups.</summary>
    public int Items => ItemsOf(counts.Length);

    /// <summary>The number of items of the first groups.</summary>
    /// <param name="groups">How many groups.</param>
    public int ItemsOf(int groups)
    {
        int items = 0;
        for (int group = 0; group < groups; group++)
            items += counts[group];
        return items;
    }

    /// <summary>The number of items of one group.</summary>
    /// <param name="group">Which group.</param>
    internal int ItemsIn(int group) => counts[group];

    /// <summary>The group of an item, and the number of the item in that group.</summary>
    /// <param name="item">The item, from 0 to <see cref="Items"/> less one.</param>
    public (int Group, int Item) Find(int item)
    {
        int group = 0;
        for (; item >= counts[group]; group++)
            item -= counts[group];
        return (group, item);
    }
}
