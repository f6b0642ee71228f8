using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace NetGen.Benchmarks.Reporting;

/// <summary>What the processor calls itself.</summary>
internal static class ProcessorName
{
    // CPUID functions.
    private const uint LastExtended = 0x80000000;
    private const uint Brand = 0x80000002;

    /// <summary>Its name, with family and model where it is an x86: in virtual machines the name alone says little.</summary>
    public static string Get()
    {
        if (X86Base.IsSupported && (uint)X86Base.CpuId(unchecked((int)LastExtended), 0).Eax >= Brand + 2)
            return $"{BrandText()} ({FamilyAndModel()})";
        return FromSystem() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static string BrandText()
    {
        Span<int> registers = stackalloc int[12];
        for (int part = 0; part < 3; part++)
        {
            (registers[4 * part], registers[(4 * part) + 1], registers[(4 * part) + 2], registers[(4 * part) + 3]) =
                X86Base.CpuId(unchecked((int)Brand) + part, 0);
        }

        string text = System.Text.Encoding.ASCII.GetString(MemoryMarshal.AsBytes(registers)).Replace("\0", "", StringComparison.Ordinal);
        return string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    // The parts lie as in Intel's and AMD's manuals under CPUID, function 1.
    private static string FamilyAndModel()
    {
        int signature = X86Base.CpuId(1, 0).Eax;
        int family = (signature >> 8) & 15, model = (signature >> 4) & 15;
        if (family is 6 or 15)
            model += ((signature >> 16) & 15) << 4;
        if (family == 15)
            family += (signature >> 20) & 255;
        return FormattableString.Invariant($"family {family}, model {model}");
    }

    private static string? FromSystem()
    {
        const string information = "/proc/cpuinfo";
        string? line = File.Exists(information)
            ? File.ReadLines(information).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':')[1].Trim() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
    }
}
