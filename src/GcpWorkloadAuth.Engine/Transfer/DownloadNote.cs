using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <summary>How far a download has come: generation, size, partial file and what of it is there. It holds no secret.</summary>
internal sealed class DownloadNote
{
    /// <summary>Smaller objects begin anew.</summary>
    public const long WorthIt = 8L * 1024 * 1024;

    private const int BetweenSaves = 2000;
    private readonly string _path;
    private readonly GcsObject _object;
    private readonly object _gate = new();
    private int _saved = Environment.TickCount;

    private DownloadNote(string path, GcsObject found, string partial, List<Piece> pieces)
    {
        _path = path;
        _object = found;
        PartialPath = partial;
        Pieces = pieces;
    }

    public string PartialPath { get; }

    public List<Piece> Pieces { get; }

    /// <summary>True where an earlier run of the same download left a note.</summary>
    public static bool Exists(ObjectDownload request) => PathOf(request) is { } path && File.Exists(path);

    /// <summary>The note that an earlier run of the same download left, where it is of the same generation.</summary>
    public static DownloadNote? Find(ObjectDownload request)
    {
        string? path = PathOf(request);
        if (NoteFolder.Read(path) is not { } values)
        {
            return null;
        }

        bool isWhole = values.TryGetValue("partial", out string? partial) & values.TryGetValue("pieces", out string? pieces)
            & Number(values, "generation") is not null & Number(values, "size") is not null;
        long? generation = Number(values, "generation");
        long? wanted = request.Source.Generation;
        List<Piece>? list = isWhole ? ReadPieces(pieces!, Number(values, "size")!.Value) : null;

        if (list is null || wanted is null || wanted != generation || Path.GetDirectoryName(partial) != Path.GetDirectoryName(request.Path))
        {
            if (partial is not null && Path.GetDirectoryName(partial) == Path.GetDirectoryName(request.Path) && partial.EndsWith(".partial", StringComparison.Ordinal))
            {
                FileFailures.TryDelete(partial);
            }

            FileFailures.TryDelete(path!);
            return null;
        }

        values.TryGetValue("crc32c", out string? crc);
        GcsObject found = new()
        {
            Bucket = request.Source.Bucket,
            Name = request.Source.Name,
            Generation = generation,
            Size = Number(values, "size"),
            Crc32C = request.Source.Crc32C ?? (string.IsNullOrEmpty(crc) ? null : crc),
            ContentEncoding = values.TryGetValue("encoding", out string? encoding) && encoding.Length > 0 ? encoding : null,
        };
        return new DownloadNote(path!, found, partial!, list);
    }

    /// <summary>Begins a note; null where there is no place for one.</summary>
    public static DownloadNote? Begin(ObjectDownload request, GcsObject found, string partial, List<Piece> pieces)
    {
        if (PathOf(request) is not { } path)
        {
            return null;
        }

        DownloadNote note = new(path, found, partial, pieces);
        return note.TrySave() ? note : null;
    }

    /// <summary>The object as it was when the download began.</summary>
    public GcsObject Describe(GcsObject source) => new()
    {
        Bucket = _object.Bucket,
        Name = _object.Name,
        Generation = _object.Generation,
        Size = _object.Size,
        Crc32C = _object.Crc32C,
        ContentType = source.ContentType,
        ContentEncoding = source.ContentEncoding ?? _object.ContentEncoding,
        Metadata = source.Metadata,
    };

    /// <summary>Something was written to the partial file. The note follows now and then: it may know less than is there, never more.</summary>
    public void Tick()
    {
        int now = Environment.TickCount;
        if (unchecked((uint)(now - _saved)) >= BetweenSaves)
        {
            _saved = now;
            TrySave();
        }
    }

    public bool TrySave()
    {
        lock (_gate)
        {
            List<string> pieces = [];
            foreach (Piece piece in Pieces)
            {
                pieces.Add(FormattableString.Invariant($"{piece.Start}-{piece.Position}-{piece.End}"));
            }

            return NoteFolder.TryWrite(_path,
            [
                new("generation", _object.Generation!.Value.ToString(CultureInfo.InvariantCulture)),
                new("size", _object.Size!.Value.ToString(CultureInfo.InvariantCulture)),
                new("crc32c", _object.Crc32C ?? string.Empty),
                new("encoding", _object.ContentEncoding ?? string.Empty),
                new("partial", PartialPath),
                new("pieces", string.Join(",", pieces)),
            ]);
        }
    }

    public void Delete()
    {
        lock (_gate)
        {
            FileFailures.TryDelete(_path);
        }
    }

    private static string? PathOf(ObjectDownload request) => request.Path.IndexOf('\n') < 0
        ? NoteFolder.PathOf("download", request.Source.Bucket, request.Source.Name, request.Path)
        : null;

    private static long? Number(Dictionary<string, string> values, string name) =>
        values.TryGetValue(name, out string? text) && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value : null;

    // Without a gap and just as long as the object, or not at all.
    private static List<Piece>? ReadPieces(string text, long size)
    {
        List<Piece> pieces = [];
        long next = 0;
        foreach (string item in text.Split(','))
        {
            string[] parts = item.Split('-');
            if (parts.Length != 3
                || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long start)
                || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long position)
                || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out long end)
                || start != next || position < start || position > end || end <= start)
            {
                return null;
            }

            pieces.Add(new Piece(start, end) { Position = position });
            next = end;
        }

        return next == size ? pieces : null;
    }
}
