using NetGen.Generator.Graph.Tuning;
using NetGen.Generator.Text;
using static NetGen.Generator.Text.InvariantText;

namespace NetGen.Generator.Graph.Kernels;

/// <summary>A loop of a nest.</summary>
/// <param name="Head">The loop; null where it would run once.</param>
/// <param name="Index">The declaration of the index, where the loop does not declare it itself.</param>
internal readonly record struct NestedLoop(string? Head, string? Index);

/// <summary>Writes the kernels of one vector width: loops, loads, stores and products.</summary>
/// <param name="code">Where they go.</param>
/// <param name="width">The vector width.</param>
/// <param name="shared">The methods that kernels share.</param>
internal sealed class KernelWriter(CodeWriter code, VectorWidth width, SharedMethods shared)
{
    public CodeWriter Code => code;

    public VectorWidth Width => width;

    /// <summary>The methods that kernels share.</summary>
    public SharedMethods Shared => shared;

    public int Lanes => width.Lanes;

    /// <summary>The valid lanes of one vector of a group of columns.</summary>
    public int LanesOf(ColumnGroup group, int vector) => vector == group.Vectors - 1 ? group.LastLanes : Lanes;

    /// <summary>Opens the method of a kernel.</summary>
    public CodeWriter.Block Method(Kernel kernel) => Method(kernel.Summary, $"public static void {kernel.Name}({kernel.Signature})");

    /// <summary>Opens a method that only another kernel calls.</summary>
    /// <param name="summary">The comment above it.</param>
    /// <param name="name">The name of the method.</param>
    /// <param name="parameters">Its parameters.</param>
    public CodeWriter.Block PrivateMethod(string summary, string name, string parameters) => Method(summary, $"private static void {name}({parameters})");

    /// <summary>Opens one of the methods that kernels share.</summary>
    /// <inheritdoc cref="PrivateMethod"/>
    public CodeWriter.Block SharedMethod(string summary, string name, string parameters) => Method(summary, $"public static void {name}({parameters})");

    private CodeWriter.Block Method(string summary, string head)
    {
        code.Gap();
        foreach (string line in summary.Split('\n'))
            code.Comment(line);
        code.Line("[@MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]");
        code.Statement(head);
        return code.Open();
    }

    /// <summary>Opens a loop; if it would run only once, a scope without a loop.</summary>
    public CodeWriter.Block Loop(string variable, int end, int step, bool alone = false) => Loop(variable, 0, end, step, alone);

    /// <summary>Opens a loop from <paramref name="begin"/>; if it would run only once, a scope without a loop.</summary>
    /// <param name="variable">The name of the index.</param>
    /// <param name="begin">Its first value.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="step">From one value to the next.</param>
    /// <param name="alone">Whether the enclosing block has no other statements, so that a single iteration needs no scope of its own.</param>
    public CodeWriter.Block Loop(string variable, int begin, int end, int step, bool alone = false)
    {
        if (end - begin > step)
            return code.Open($"for (nint {variable} = {Invariant($"{begin}")}; {variable} < {Invariant($"{end}")}; {Next(variable, step)})");
        CodeWriter.Block block = alone ? default : code.Open();
        code.Line(Invariant($"const int {variable} = {begin};"));
        return block;
    }

    /// <summary>Opens the loop over the columns of a group and declares <c>n</c>, the first column, and <c>weights</c>, the first row of its weights.</summary>
    /// <param name="group">The columns.</param>
    /// <param name="rows">Rows of the weights.</param>
    /// <param name="reference">All weights.</param>
    /// <param name="alone">Whether the method has no other group.</param>
    /// <param name="ofPart">Whether a call computes only the panels from <c>panelBegin</c> to <c>panelEnd</c>; the group is in all panels.</param>
    public CodeWriter.Block Columns(ColumnGroup group, int rows, string reference, bool alone, bool ofPart = false)
    {
        int panelLength = rows * RegisterTile.PanelWidth;
        int start = group.FirstPanel * (panelLength - RegisterTile.PanelWidth);
        int lanes = group.Lanes(width);
        if (group.EndColumn(width) - group.FirstColumn <= lanes)
        {
            if (ofPart)
                throw new InvalidOperationException($"The columns from {group.FirstColumn} are one group, which cannot be computed in parts.");
            CodeWriter.Block single = alone ? default : code.Open();
            code.Together(Invariant($"const int n = {group.FirstColumn};"), $"ref float weights = {At(reference, group.FirstColumn + start)};");
            return single;
        }

        CodeWriter.Block block = ofPart ? PanelLoop(lanes) : Loop("n", group.FirstColumn, group.EndColumn(width), lanes);
        code.Line($"ref float weights = {At(reference, group.PanelCount == 1 ? Index(("n", 1), ("", start)) : WeightsOf(group, rows))};");
        return block;
    }

    /// <summary>Opens the loop over the columns of the panels that a call computes.</summary>
    /// <param name="step">From one value of <c>n</c> to the next.</param>
    public CodeWriter.Block PanelLoop(int step) =>
        code.Open(Invariant($"for (nint n = {RegisterTile.PanelWidth} * panelBegin; n < {RegisterTile.PanelWidth} * panelEnd; {Next("n", step)})"));

    /// <summary>The index of the first row of the weights of column <c>n</c>, of a group that is in several panels.</summary>
    public string WeightsOf(ColumnGroup group, int rows) => group.Lanes(width) == RegisterTile.PanelWidth
        ? Invariant($"{rows} * n")
        : Invariant($"(n / {RegisterTile.PanelWidth} * {rows * RegisterTile.PanelWidth}) + (n % {RegisterTile.PanelWidth})");

    /// <summary>Opens the loop over the groups of a convolution; without groups, no scope.</summary>
    public CodeWriter.Block Groups(int groups) => groups > 1 ? code.Open(Invariant($"for (nint group = 0; group < {groups}; group++)")) : default;

    /// <summary>The step of a loop: <c>row += 2</c>.</summary>
    public static string Next(string variable, int step) => step == 1 ? variable + "++" : Invariant($"{variable} += {step}");

    /// <summary>Opens nested loops with no statements between their heads, which are written one below the other.</summary>
    public CodeWriter.Block Nest(params NestedLoop[] loops)
    {
        string[] heads = [.. loops.Select(loop => loop.Head).OfType<string>()];
        foreach (string head in heads)
            code.Line(head);
        CodeWriter.Block block = heads.Length == 0 ? default : code.Open();
        code.Together([.. loops.Select(loop => loop.Index).OfType<string>()]);
        return block;
    }

    /// <summary>A loop in steps of 1.</summary>
    public static NestedLoop Each(string variable, int end) => Tiles(variable, end, 1);

    /// <summary>A loop over tiles, of which the last is shifted back and recomputes the overlap.</summary>
    public static NestedLoop Tiles(string variable, int end, int step) =>
        end <= step ? new(null, $"const int {variable} = 0;")
        : end % step == 0 ? new(Invariant($"for (nint {variable} = 0; {variable} < {end}; {Next(variable, step)})"), null)
        : Shifted(variable, "0", Invariant($"{end}"), end, step);

    /// <summary>A loop over the tiles of a part of a run; a tile that would reach beyond the end of the run is shifted back.</summary>
    public static NestedLoop Shifted(string variable, string begin, string end, int length, int step) => new(
        Invariant($"for (nint {variable}Tile = {begin}; {variable}Tile < {end}; {Next(variable + "Tile", step)})"),
        Invariant($"nint {variable} = Math.Min({variable}Tile, {length - step});"));

    /// <summary>A reference to the float at an offset: <c>ref Unsafe.Add(ref x, 3 * row)</c>.</summary>
    public static string At(string reference, string offset) =>
        offset is "0" or "" ? "ref " + reference : Invariant($"ref Unsafe.Add(ref {reference}, {offset})");

    public static string At(string reference, int offset) =>
        offset == 0 ? "ref " + reference : Invariant($"ref Unsafe.Add(ref {reference}, {offset})");

    /// <summary>A sum of products for an index, without the terms that are 0: <c>416 * row + 32 * column + 5</c>.</summary>
    public static string Index(params (string Variable, int Factor)[] terms)
    {
        IEnumerable<string> parts = terms
            .Where(term => term.Factor != 0 && term.Variable is not "0")
            .Select(term => term.Variable.Length == 0 ? Invariant($"{term.Factor}")
                : term.Factor == 1 ? term.Variable : Invariant($"{term.Factor} * {term.Variable}"));
        string text = string.Join(" + ", parts);
        return text.Length == 0 ? "0" : text;
    }

    /// <summary>A variable times a factor, without a factor of 1.</summary>
    public static string Product(string variable, int factor) => factor == 1 ? variable : Invariant($"({factor} * {variable})");

    /// <summary>A number of things in words: <c>1 vector</c>, <c>2 vectors</c>.</summary>
    public static string Count(int number, string what) => Invariant($"{number} {what}{(number == 1 ? "" : "s")}");

    public static string Broadcast(string reference, int offset) => Broadcast(reference, Invariant($"{offset}"));

    public static string Broadcast(string reference, string offset) => $"Simd.Broadcast(ref {reference}, {offset})";

    public static string Load(string reference, int offset = 0) => Load(reference, Invariant($"{offset}"));

    public static string Load(string reference, string offset) => $"Simd.Load(ref {reference}, {offset})";

    public static string MultiplyAdd(string left, string right, string sum) => $"Simd.MultiplyAdd({left}, {right}, {sum})";

    /// <summary>
    /// Emits a row of a tile: one value times each vector, each product added to its own sum. If there are several vectors, the value is first
    /// loaded to the variable <c>value</c>.
    /// </summary>
    /// <param name="value">The value, in all lanes.</param>
    /// <param name="vectors">How many vectors there are.</param>
    /// <param name="factor">The name of the vectors, without their number.</param>
    /// <param name="sum">The name of the sum of a vector.</param>
    public static IEnumerable<string> Products(string value, int vectors, string factor, Func<int, string> sum)
    {
        if (vectors > 1)
            yield return $"value = {value};";
        for (int v = 0; v < vectors; v++)
            yield return $"{sum(v)} = {MultiplyAdd(vectors > 1 ? "value" : value, Invariant($"{factor}{v}"), sum(v))};";
    }

    /// <summary>Emits one line that advances references.</summary>
    public void Advance(params (string Reference, int Floats)[] steps) =>
        code.Together([.. steps.Select(step => Invariant($"{step.Reference} = ref Unsafe.Add(ref {step.Reference}, {step.Floats});"))]);

    /// <summary>Writes a statement that stores a vector; see <see cref="Stored(string, string, string, int, bool)"/>.</summary>
    public void Store(string value, string reference, int offset, int lanes, bool adds = false) => code.Statement(Stored(value, reference, offset, lanes, adds));

    /// <summary>Writes a statement that stores a vector; see <see cref="Stored(string, string, string, int, bool)"/>.</summary>
    public void Store(string value, string reference, string offset, int lanes, bool adds = false) => code.Statement(Stored(value, reference, offset, lanes, adds));

    /// <summary>A statement that stores a vector; see <see cref="Stored(string, string, string, int, bool)"/>.</summary>
    public string Stored(string value, string reference, int offset, int lanes, bool adds = false) => Stored(value, reference, Invariant($"{offset}"), lanes, adds);

    /// <summary>A statement that stores a vector, or only its first lanes, so that it does not overwrite the memory after them.</summary>
    /// <param name="value">The vector.</param>
    /// <param name="reference">Where it goes.</param>
    /// <param name="offset">Floats from there.</param>
    /// <param name="lanes">The lanes that are stored.</param>
    /// <param name="adds">Whether it is added to the stored value.</param>
    public string Stored(string value, string reference, string offset, int lanes, bool adds = false)
    {
        string stored = adds ? $"{Load(reference, offset)} + {value}" : value;
        return lanes < Lanes
            ? Invariant($"Simd.StoreLanes({stored}, ref {reference}, {offset}, {lanes});")
            : $"Simd.Store({stored}, ref {reference}, {offset});";
    }

    /// <summary>Writes a loop that changes stored values; nothing after them is read or written.</summary>
    /// <param name="reference">The first value.</param>
    /// <param name="run">The number of values.</param>
    /// <param name="change">What becomes of a vector, an expression; <c>lane</c> is the position of its first value.</param>
    public void ChangeStored(string reference, int run, Func<string, string> change) => Vectors(run, "lane", lanes => Store(
        change(lanes < Lanes ? Invariant($"Simd.LoadLanes(ref {reference}, lane, {lanes})") : Load(reference, "lane")), reference, "lane", lanes));

    /// <summary>Writes the body for the vectors of a run of floats: a loop for the whole ones, then the rest.</summary>
    /// <param name="run">The length of the run.</param>
    /// <param name="variable">The name of the index of a vector's first float.</param>
    /// <param name="body">Writes the body; gets the valid lanes.</param>
    /// <param name="alone">Whether the enclosing block has no statements after them, so that a single vector needs no scope of its own.</param>
    /// <param name="isUnrolled">Whether the loop over the vectors is unrolled.</param>
    public void Vectors(int run, string variable, Action<int> body, bool alone = false, bool isUnrolled = false)
    {
        int whole = run / Lanes * Lanes;
        if (isUnrolled && whole > Lanes)
        {
            for (int first = 0; first < whole; first += Lanes)
            {
                using (code.Open())
                {
                    code.Line(Invariant($"const int {variable} = {first};"));
                    body(Lanes);
                }
            }
        }
        else if (whole > 0)
        {
            using (Loop(variable, 0, whole, Lanes, alone && run == whole))
                body(Lanes);
        }

        if (run > whole)
        {
            using (alone && whole == 0 ? default : code.Open())
            {
                code.Line(Invariant($"const int {variable} = {whole};"));
                body(run - whole);
            }
        }
    }

    /// <summary>A float literal that reads back as the same value.</summary>
    public static string Float(float value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture) + "f";
}
