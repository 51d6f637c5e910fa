using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Engine.Transfer;

/// <summary>
/// Where an upload stands: the session's address and what the file was when it began. The address is a secret: whoever has it may write that
/// object for a week.
/// </summary>
internal sealed class UploadNote
{
    private readonly string _path;

    private UploadNote(string path, Uri session, long? condition)
    {
        _path = path;
        Session = session;
        Condition = condition;
    }

    public Uri Session { get; }

    /// <summary>The generation that the session may write over.</summary>
    public long? Condition { get; }

    /// <summary>False while it is an earlier run's.</summary>
    public bool IsFresh { get; set; }

    /// <summary>The note of an earlier run of the same upload, where the file is still the same.</summary>
    public static UploadNote? Find(ObjectUpload upload, UploadSource source)
    {
        if (upload.Path is null || upload.Gzip || NoteFolder.Read(PathOf(upload)) is not { } values)
        {
            return null;
        }

        bool isSame = values.TryGetValue("file", out string? file) && file == FileOf(source)
            && values.TryGetValue("wanted", out string? wanted) && wanted == WantedBy(upload, source);
        if (!isSame || !values.TryGetValue("session", out string? text) || !Uri.TryCreate(text, UriKind.Absolute, out Uri? session))
        {
            FileFailures.TryDelete(PathOf(upload)!);
            return null;
        }

        long? condition = values.TryGetValue("condition", out string? number)
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long generation) ? generation : null;
        return new UploadNote(PathOf(upload)!, session, condition);
    }

    public static UploadNote? Begin(ObjectUpload upload, UploadSource source, Uri session, long? condition)
    {
        List<KeyValuePair<string, string>> values =
        [
            new("file", FileOf(source)),
            new("wanted", WantedBy(upload, source)),
            new("session", session.AbsoluteUri),
        ];
        if (condition is { } generation)
        {
            values.Add(new("condition", generation.ToString(CultureInfo.InvariantCulture)));
        }

        string? path = PathOf(upload);
        return NoteFolder.TryWrite(path, values) ? new UploadNote(path!, session, condition) { IsFresh = true } : null;
    }

    public void Delete() => FileFailures.TryDelete(_path);

    private static string? PathOf(ObjectUpload upload) =>
        NoteFolder.PathOf("upload", upload.Target.Bucket, upload.Target.Name, Path.GetFullPath(upload.Path!));

    private static string FileOf(UploadSource source) =>
        FormattableString.Invariant($"{source.Length} {source.Modified?.Ticks}");

    // Another content type or condition is another upload. Of a customer's key only its digest is noted.
    private static string WantedBy(ObjectUpload upload, UploadSource source)
    {
        string resource = Convert.ToBase64String(ObjectResource.Write(upload, source, null));
        return FormattableString.Invariant($"{resource} {upload.IfGenerationMatch} {upload.IfMetagenerationMatch} {upload.Key?.Sha256}");
    }
}
