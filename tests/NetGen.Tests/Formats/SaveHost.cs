using NetGen.Tests.Support;

namespace NetGen.Tests.Formats;

/// <summary>Saves in a process of its own, and stops in the middle until it is told to go on or killed.</summary>
internal sealed class SaveHost : IDisposable
{
    /// <summary>The argument that starts it.</summary>
    public const string Command = "save";

    private readonly TestProcess _process;

    /// <summary>Starts to save; returns when a part of the file is written.</summary>
    /// <param name="path">The file.</param>
    public SaveHost(string path)
    {
        _process = new([Command, path]);
        if (_process.ReadLine() != "half")
            throw new InvalidOperationException("The process that saves did not start.");
    }

    /// <summary>Ends the process without giving it a chance.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Lets the process finish.</summary>
    /// <returns>Its exit code.</returns>
    public int Finish() => _process.Finish();

    public void Dispose() => _process.Dispose();

    /// <summary>What the process does.</summary>
    public static void Run(string path) => SafeTensors.Save(
        path, SafeTensorsFixture.Table, SafeTensorsFixture.Numbered(), file => new HalfWritten(file));

    /// <summary>Waits behind the first bytes for the end of the input.</summary>
    private sealed class HalfWritten(Stream inner) : Stream
    {
        private bool _isHalf;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            inner.Write(buffer);
            if (_isHalf) return;
            _isHalf = true;
            inner.Flush();
            Console.WriteLine("half");
            Console.In.ReadToEnd();
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
