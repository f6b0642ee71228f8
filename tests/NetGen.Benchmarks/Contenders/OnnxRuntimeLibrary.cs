using System.Runtime.InteropServices;

namespace NetGen.Benchmarks.Contenders;

/// <summary>
/// ONNX Runtime's C interface, as much as the benchmark needs. Its functions are members of a table whose order never
/// changes (<c>OrtApi</c> in onnxruntime_c_api.h); the numbers here are their places. A call costs nanoseconds, so the
/// latency of small networks is not that of a binding.
/// </summary>
internal sealed unsafe class OnnxRuntimeLibrary
{
    private const int ApiVersion = 14;
    private const int WarningLevel = 2;
    private const int AllOptimizations = 99;
    private const int ArenaAllocator = 1;
    private const int DefaultMemory = 0;
    private const int FloatTensor = 1;

    private readonly void** _functions;
    private readonly void* _environment;
    private readonly void* _memoryInfo;

    /// <summary>Loads the library.</summary>
    /// <exception cref="PeerException">It cannot be loaded.</exception>
    public OnnxRuntimeLibrary(string path)
    {
        if (!NativeLibrary.TryLoad(path, out nint library) || !NativeLibrary.TryGetExport(library, "OrtGetApiBase", out nint entry))
            throw new PeerException($"{path} is not ONNX Runtime's library for this system.");
        void** bases = ((delegate* unmanaged[Cdecl]<void**>)entry)();
        _functions = ((delegate* unmanaged[Cdecl]<uint, void**>)bases[0])(ApiVersion);
        Version = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged[Cdecl]<byte*>)bases[1])())!;
        fixed (byte* name = "benchmark\0"u8)
        fixed (void** environment = &_environment)
        fixed (void** memoryInfo = &_memoryInfo)
        {
            Check(((delegate* unmanaged[Cdecl]<int, byte*, void**, void*>)_functions[3])(WarningLevel, name, environment));
            Check(((delegate* unmanaged[Cdecl]<int, int, void**, void*>)_functions[69])(ArenaAllocator, DefaultMemory, memoryInfo));
        }
    }

    /// <summary>The library's version.</summary>
    public string Version { get; }

    /// <summary>Loads a model, with all optimizations.</summary>
    public nint CreateSession(string path, int threads)
    {
        void* options;
        void* session;
        Check(((delegate* unmanaged[Cdecl]<void**, void*>)_functions[10])(&options));
        Check(((delegate* unmanaged[Cdecl]<void*, int, void*>)_functions[23])(options, AllOptimizations));
        Check(((delegate* unmanaged[Cdecl]<void*, int, void*>)_functions[24])(options, threads));
        nint file = OperatingSystem.IsWindows() ? Marshal.StringToHGlobalUni(path) : Marshal.StringToCoTaskMemUTF8(path);
        Check(((delegate* unmanaged[Cdecl]<void*, void*, void*, void**, void*>)_functions[7])(_environment, (void*)file, options, &session));
        if (OperatingSystem.IsWindows())
            Marshal.FreeHGlobal(file);
        else
            Marshal.FreeCoTaskMem(file);
        ((delegate* unmanaged[Cdecl]<void*, void>)_functions[100])(options);
        return (nint)session;
    }

    /// <summary>A tensor over memory that stays where it is.</summary>
    public nint CreateTensor(float* values, int length, ReadOnlySpan<long> shape)
    {
        void* tensor;
        fixed (long* dimensions = shape)
        {
            Check(((delegate* unmanaged[Cdecl]<void*, void*, nuint, long*, nuint, int, void**, void*>)_functions[49])(
                _memoryInfo, values, (nuint)length * sizeof(float), dimensions, (nuint)shape.Length, FloatTensor, &tensor));
        }

        return (nint)tensor;
    }

    /// <summary>Runs a model with the input "x" and the output "y", again and again.</summary>
    public void Run(nint session, nint input, nint output, int count)
    {
        var run = (delegate* unmanaged[Cdecl]<void*, void*, byte**, void**, nuint, byte**, nuint, void**, void*>)_functions[9];
        fixed (byte* x = "x\0"u8)
        fixed (byte* y = "y\0"u8)
        {
            byte* inputName = x;
            byte* outputName = y;
            void* inputValue = (void*)input;
            void* outputValue = (void*)output;
            for (int i = 0; i < count; i++)
                Check(run((void*)session, null, &inputName, &inputValue, 1, &outputName, 1, &outputValue));
        }
    }

    /// <summary>Ends a session.</summary>
    public void ReleaseSession(nint session) => ((delegate* unmanaged[Cdecl]<void*, void>)_functions[95])((void*)session);

    /// <summary>Frees a tensor, but not its memory.</summary>
    public void ReleaseTensor(nint tensor) => ((delegate* unmanaged[Cdecl]<void*, void>)_functions[96])((void*)tensor);

    private void Check(void* status)
    {
        if (status == null)
            return;
        string message = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged[Cdecl]<void*, byte*>)_functions[2])(status))!;
        ((delegate* unmanaged[Cdecl]<void*, void>)_functions[93])(status);
        throw new PeerException(message);
    }
}
