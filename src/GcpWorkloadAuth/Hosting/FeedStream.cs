using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace GcpWorkloadAuth.Hosting;

/// <summary>
/// What comes down the pipeline, as a stream for the engine to read: blocks go in on the pipeline thread and are read on another, a few of them
/// kept between.
/// </summary>
internal sealed class FeedStream : Stream
{
    private const long MostKept = 4 * 1024 * 1024;
    private readonly object _gate = new();
    private readonly Queue<byte[]> _blocks = new();
    private byte[] _current = Array.Empty<byte>();
    private int _at;
    private long _kept;
    private bool _isEnded;
    private TaskCompletionSource<bool>? _reader;
    private TaskCompletionSource<bool>? _writer;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Puts a block in. The task is complete when there is room for another.</summary>
    public Task PutAsync(byte[] block)
    {
        if (block.Length == 0)
        {
            return Task.CompletedTask;
        }

        TaskCompletionSource<bool>? reader;
        Task room = Task.CompletedTask;
        lock (_gate)
        {
            _blocks.Enqueue(block);
            _kept += block.Length;
            if (_kept > MostKept)
            {
                _writer ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _writer.Task;
            }

            reader = _reader;
            _reader = null;
        }

        reader?.TrySetResult(true);
        return room;
    }

    /// <summary>Nothing more comes.</summary>
    public void End()
    {
        TaskCompletionSource<bool>? reader;
        lock (_gate)
        {
            _isEnded = true;
            reader = _reader;
            _reader = null;
        }

        reader?.TrySetResult(true);
    }

    /// <inheritdoc/>
    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (_gate)
            {
                int read = Take(buffer, offset, count);
                if (read > 0 || _isEnded)
                {
                    return read;
                }

                _reader = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                next = _reader.Task;
            }

            TaskCompletionSource<bool> stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
            using (cancellationToken.Register(static state => ((TaskCompletionSource<bool>)state!).TrySetResult(true), stopped))
            {
                await Task.WhenAny(next, stopped.Task).ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Take(byte[] buffer, int offset, int count)
    {
        if (_at == _current.Length)
        {
            if (_blocks.Count == 0)
            {
                return 0;
            }

            _current = _blocks.Dequeue();
            _at = 0;
        }

        int read = Math.Min(count, _current.Length - _at);
        Buffer.BlockCopy(_current, _at, buffer, offset, read);
        _at += read;
        _kept -= read;
        if (_kept <= MostKept / 2 && _writer is { } writer)
        {
            _writer = null;
            writer.TrySetResult(true);
        }

        return read;
    }
}
