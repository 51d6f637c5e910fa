using System;
using System.Globalization;
using System.IO;
using System.Net.Http;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <summary>
/// Reads an object, or a range of it, from the beginning to the end: keeps to one generation, and goes on behind the last byte where a
/// connection breaks. Its CRC is that of what was read. For one reader at a time.
/// </summary>
internal sealed partial class RangeReader : IDisposable
{
    private readonly MediaClient _client;
    private readonly CustomerKey? _key;
    private readonly ITransferProgress? _progress;
    private readonly Patience _patience = new();
    private readonly bool _isFromEnd;
    private long _position;
    private long? _end;
    private StallWatch? _watch;
    private HttpResponseMessage? _response;
    private Stream? _body;
    private bool _isOpened;
    private bool _isInside;

    /// <param name="client">Sends the requests.</param>
    /// <param name="source">The object; what is known of it is kept to.</param>
    /// <param name="key">Its customer-supplied key.</param>
    /// <param name="from">The first byte; negative: so many before the end.</param>
    /// <param name="to">The byte behind the last; null for the object's end.</param>
    /// <param name="progress">Hears of every byte.</param>
    public RangeReader(MediaClient client, GcsObject source, CustomerKey? key, long from, long? to, ITransferProgress? progress)
    {
        _client = client;
        _key = key;
        _progress = progress;
        _position = from;
        _isFromEnd = from < 0;
        _end = to;
        Object = source;
    }

    /// <summary>The object; generation and size are known once it is open.</summary>
    public GcsObject Object { get; private set; }

    /// <summary>The CRC of what was read.</summary>
    public uint Crc { get; private set; }

    /// <summary>Where the next byte comes from.</summary>
    public long Position => _position;

    /// <summary>The byte behind the last; known once it is open.</summary>
    public long End => _end ?? 0;

    /// <summary>Reads no further than this.</summary>
    public void StopAt(long end) => _end = end;

    /// <summary>Asks for it, again where that helps, until there is an answer.</summary>
    public async Task OpenAsync(EngineCall call)
    {
        while (!_isOpened)
        {
            try
            {
                await ConnectAsync(call).ConfigureAwait(false);
            }
            catch (Exception e) when (e is TransportFailure or RefusedException)
            {
                await _patience.WaitAsync(e, isRepeatable: true, call).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Some of what follows; 0 at the end.</summary>
    public async Task<int> ReadAsync(byte[] buffer, int offset, int count, EngineCall call)
    {
        await OpenAsync(call).ConfigureAwait(false);
        while (_position < End)
        {
            call.Stopping.ThrowIfCancellationRequested();
            try
            {
                if (_body is null)
                {
                    await ConnectAsync(call).ConfigureAwait(false);
                    continue;
                }

                int wanted = (int)Math.Min(count, End - _position);
                int read = await ReadBodyAsync(buffer, offset, wanted, call).ConfigureAwait(false);
                _patience.Progressed();
                Crc = Crc32C.Append(Crc, buffer, offset, read);
                _position += read;
                _progress?.Add(read);
                if (_position >= End)
                {
                    Disconnect(succeeded: true);
                }

                return read;
            }
            catch (Exception e) when (e is TransportFailure or RefusedException)
            {
                Disconnect(succeeded: false);
                await _patience.WaitAsync(e, isRepeatable: true, call).ConfigureAwait(false);
            }
        }

        return 0;
    }

    public void Dispose() => Disconnect(succeeded: true);

    private async Task<int> ReadBodyAsync(byte[] buffer, int offset, int count, EngineCall call)
    {
        try
        {
#if NET
            int read = await _body!.ReadAsync(buffer.AsMemory(offset, count), _watch!.Token).ConfigureAwait(false);
#else
            int read = await _body!.ReadAsync(buffer, offset, count, _watch!.Token).ConfigureAwait(false);
#endif
            _watch.Touch();
            return read > 0 ? read : throw new EndOfStreamException("the answer broke off");
        }
        catch (Exception e) when (!call.Stopping.IsCancellationRequested)
        {
            throw HttpSender.ExplainFailure(e, AddressForWords, StallWatch.Limit, answered: true);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new OperationCanceledException(call.Stopping);
        }
    }

    private async Task ConnectAsync(EngineCall call)
    {
        Disconnect(succeeded: true);
        await TransferGate.Shared.EnterAsync(call.Stopping).ConfigureAwait(false);
        _isInside = true;
        _watch = new StallWatch(call.Stopping);
        try
        {
            _response = await _client.SendAsync(MakeRequest(), _watch, _patience.Attempt, call).ConfigureAwait(false);
            Take(_response);
#if NET
            _body = await _response.Content.ReadAsStreamAsync(_watch.Token).ConfigureAwait(false);
#else
            _body = await _response.Content.ReadAsStreamAsync().ConfigureAwait(false);

            // Its streams do not hear of a token while they read.
            _watch.Token.Register(static state => ((HttpResponseMessage)state!).Dispose(), _response);
#endif
            _isOpened = true;
        }
        catch
        {
            Disconnect(succeeded: false);
            throw;
        }
    }

    private MediaRequest MakeRequest()
    {
        string path = StorageObjectsApi.Get.Format(
            [Names.Bucket(Object.Bucket), Names.Object(Object.Name)],
            ("alt", "media"),
            ("generation", Object.Generation?.ToString(CultureInfo.InvariantCulture)));
        MediaRequest request = new(StorageObjectsApi.Get, path)
        {
            NotFound = _ => Errors.ObjectNotFound(new ObjectAddress(Object.Bucket, Object.Name, Object.Generation).ToString()),
            IsAnswer = static status => status == 416,
        };
        if (_key is not null)
        {
            request.Headers.AddRange(_key.Headers());
        }

        // A bounded range of an object that is not known yet is cut off when it is known: a range of an empty object would be refused.
        bool isRange = _position != 0 || (_end is not null && Object.Size is not null);
        if (isRange && !(Object.Size == 0))
        {
            string last = _end is { } end && !_isFromEnd ? (end - 1).ToString(CultureInfo.InvariantCulture) : string.Empty;
            request.With(
                "Range",
                _position < 0
                    ? "bytes=" + _position.ToString(CultureInfo.InvariantCulture)
                    : "bytes=" + _position.ToString(CultureInfo.InvariantCulture) + "-" + last);
        }

        return request;
    }

    private Uri AddressForWords => _response?.RequestMessage?.RequestUri ?? new Uri("https://storage.googleapis.com/");

    private void Disconnect(bool succeeded)
    {
        _body?.Dispose();
        _response?.Dispose();
        _watch?.Dispose();
        (_body, _response, _watch) = (null, null, null);
        if (_isInside)
        {
            _isInside = false;
            TransferGate.Shared.Leave(succeeded);
        }
    }
}
