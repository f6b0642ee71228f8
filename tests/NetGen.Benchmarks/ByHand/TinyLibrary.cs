using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using NetGen.Benchmarks.Contenders;

namespace NetGen.Benchmarks.ByHand;

/// <summary>The network <c>tiny</c> written by hand in C, which gcc compiles for this processor when the benchmark starts.</summary>
internal sealed unsafe class TinyLibrary : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netgen-tiny-");
    private readonly nint _library;

    /// <summary>Compiles and loads it.</summary>
    /// <exception cref="PeerException">There is no gcc here, or the processor has no AVX-512.</exception>
    public TinyLibrary()
    {
        if (!Avx512F.IsSupported)
            throw new PeerException("This processor has no AVX-512, for which the C is written.");
        string file = Path.Combine(_folder.FullName, "tiny.so");
        Compile(file);
        _library = NativeLibrary.Load(file);
        Predict = (delegate* unmanaged[Cdecl, SuppressGCTransition]<float*, float*, float*, void>)NativeLibrary.GetExport(_library, "tiny_predict");
        Repeat = (delegate* unmanaged[Cdecl]<float*, float*, float*, int, void>)NativeLibrary.GetExport(_library, "tiny_repeat");
        Feed = (delegate* unmanaged[Cdecl]<float*, float*, float*, int, void>)NativeLibrary.GetExport(_library, "tiny_feed");
    }

    /// <summary>One sample: input, parameters, output. It is called as a method of C# is, without what protects long calls from the garbage collector.</summary>
    public delegate* unmanaged[Cdecl, SuppressGCTransition]<float*, float*, float*, void> Predict { get; }

    /// <summary>The same sample again and again, in a loop in C.</summary>
    public delegate* unmanaged[Cdecl]<float*, float*, float*, int, void> Repeat { get; }

    /// <summary>Each result is an input of the next call, in a loop in C.</summary>
    public delegate* unmanaged[Cdecl]<float*, float*, float*, int, void> Feed { get; }

    public void Dispose()
    {
        NativeLibrary.Free(_library);
        _folder.Delete(recursive: true);
    }

    private static void Compile(string file)
    {
        try
        {
            using Process gcc = Process.Start("gcc", ["-O3", "-march=native", "-shared", "-fPIC", "-o", file, PeerFiles.Script("tiny.c")]);
            gcc.WaitForExit();
            if (gcc.ExitCode != 0)
                throw new PeerException("gcc does not compile tiny.c for this processor.");
        }
        catch (Win32Exception exception)
        {
            throw new PeerException($"gcc does not start: {exception.Message}");
        }
    }
}
