using System;
using System.IO;
using System.IO.Compression;
using System.Threading;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <summary>An object's content for the pipeline: checked at its end, unpacked on the way where that is wanted.</summary>
internal sealed class ObjectContent : IObjectContent
{
    private readonly RangeReader _reader;
    private readonly bool _isWhole;
    private readonly GZipStream? _unpacked;
    private readonly Packed? _packed;
    private bool _isChecked;

    private ObjectContent(RangeReader reader, ObjectRead request)
    {
        _reader = reader;
        _isWhole = request is { Offset: 0, Length: null };
        if (request.Decompress && _isWhole && Gzip.IsNameOf(reader.Object.ContentEncoding))
        {
            _packed = new Packed(this);
            _unpacked = new GZipStream(_packed, CompressionMode.Decompress);
        }
    }

    public GcsObject Object => _reader.Object;

    public static async Task<IObjectContent> OpenAsync(MediaClient client, ObjectRead request, EngineCall call)
    {
        long? to = request.Length is { } length && request.Offset >= 0 ? request.Offset + length : null;
        RangeReader reader = new(client, request.Source, request.Key, request.Offset, to, request.Progress);
        try
        {
            await reader.OpenAsync(call).ConfigureAwait(false);
            if (request is { Offset: < 0, Length: { } some })
            {
                reader.StopAt(Math.Min(reader.End, reader.Position + some));
            }

            request.Progress?.AddTotal(Math.Max(0, reader.End - reader.Position));
            return new ObjectContent(reader, request);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, EngineCall call)
    {
        if (_unpacked is null)
        {
            return await ReadStoredAsync(buffer, offset, count, call).ConfigureAwait(false);
        }

        _packed!.Call = call;
        try
        {
#if NET
            int read = await _unpacked.ReadAsync(buffer.AsMemory(offset, count), call.Stopping).ConfigureAwait(false);
#else
            int read = await _unpacked.ReadAsync(buffer, offset, count, call.Stopping).ConfigureAwait(false);
#endif
            if (read == 0)
            {
                // What lies behind the end of the packed content is part of what was stored, and of its checksum.
                byte[] rest = Buffers.Rent(16 * 1024);
                while (await ReadStoredAsync(rest, 0, rest.Length, call).ConfigureAwait(false) > 0)
                {
                }

                Buffers.Return(rest, clear: false);
            }

            return read;
        }
        catch (InvalidDataException)
        {
            throw Errors.GzipInvalid(Object.Uri);
        }
    }

    public void Dispose()
    {
        _unpacked?.Dispose();
        _reader.Dispose();
    }

    private async Task<int> ReadStoredAsync(byte[] buffer, int offset, int count, EngineCall call)
    {
        int read = await _reader.ReadAsync(buffer, offset, count, call).ConfigureAwait(false);
        if (read == 0 && _isWhole && !_isChecked)
        {
            _isChecked = true;
            if (Crc32C.Parse(Object.Crc32C) is { } wanted && wanted != _reader.Crc)
            {
                throw Errors.HashMismatch(Object.Uri, Crc32C.ToText(_reader.Crc), Object.Crc32C!);
            }
        }

        return read;
    }

    private sealed class Packed(ObjectContent owner) : ReadOnlyStream
    {
        public EngineCall? Call { get; set; }

        public override int Read(byte[] buffer, int offset, int count) =>
            owner.ReadStoredAsync(buffer, offset, count, Call!).GetAwaiter().GetResult();

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            owner.ReadStoredAsync(buffer, offset, count, Call!);
    }
}
