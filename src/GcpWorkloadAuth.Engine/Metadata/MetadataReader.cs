using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Metadata;

/// <summary>Reads values, directories and trees of the metadata server. Blocks its thread, as the client below it does.</summary>
internal sealed class MetadataReader(MetadataClient client)
{
    public MetadataClient Client { get; } = client;

    /// <summary>Where the guest attributes are.</summary>
    public const string GuestAttributes = "instance/guest-attributes/";

    // Source: https://cloud.google.com/compute/docs/metadata/manage-guest-attributes (limits).
    private const int LargestGuestAttribute = 256 * 1024;

    /// <summary>Writes a guest attribute of this VM.</summary>
    public void SetGuestAttribute(string guestNamespace, string key, string value, EngineCall call)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        if (bytes.Length > LargestGuestAttribute)
        {
            throw Errors.GuestAttributeTooLarge(guestNamespace + "/" + key, LargestGuestAttribute);
        }

        string path = GuestAttributes + GuestName(guestNamespace) + "/" + GuestName(key);
        using HttpReply reply = Client.Put(path, bytes, call);
        if (!reply.IsSuccess)
        {
            GcpException failure = Errors.GuestAttributeRefused(guestNamespace + "/" + key, PageWords.Of(reply) ?? "no reason given");
            failure.StatusCode = reply.Status;
            throw failure;
        }
    }

    // One segment of a path.
    private static string GuestName(string name) =>
        name is "." or ".." || name.IndexOfAny(['/', '\\', '?', '#', '%']) >= 0 || name.Trim().Length != name.Length || name.Length is 0 or > 128
            ? throw Errors.GuestAttributeNameInvalid(name)
            : Uri.EscapeDataString(name);

    /// <summary>A value as plain text; null where the server knows none (404).</summary>
    public string? TryGetText(string path, EngineCall call)
    {
        using HttpReply reply = Client.Get(path, MetadataClient.ValueCap, TimeSpan.Zero, call);
        return reply.IsSuccess ? reply.Text().Trim() : null;
    }

    /// <summary>What <c>Get-GceMetadata</c> asks for.</summary>
    public MetadataAnswer Get(MetadataQuery query, EngineCall call)
    {
        string path = Escape(query.Path);
        RefuseSecret(query.Path);
        bool isDirectory = path.Length == 0 || path.EndsWith("/", StringComparison.Ordinal);
        if (query.Recursive && !isDirectory)
        {
            // The slash is what makes it a directory; a leaf with recursive=true answers 404 under it.
            path += "/";
            isDirectory = true;
        }

        HttpReply reply = Send(path, query, isDirectory, call);
        if (reply.Status == 301)
        {
            reply.Dispose();
            path += "/";
            isDirectory = true;
            reply = Send(path, query, isDirectory, call);
        }
        else if (reply.Status == 404 && query.Recursive && !query.Path.EndsWith("/", StringComparison.Ordinal) && query.Path.Length > 0)
        {
            reply.Dispose();
            isDirectory = false;
            reply = Send(path.TrimEnd('/'), query, isDirectory, call);
        }

        using (reply)
        {
            if (!reply.IsSuccess)
            {
                throw reply.Status == 404 ? Errors.MetadataPathNotFound(query.Path) : Errors.MetadataPathInvalid(query.Path);
            }

            return Read(reply, query, isDirectory);
        }
    }

    /// <summary>The accounts attached to the VM, the default one first.</summary>
    public IReadOnlyList<GceServiceAccount> GetServiceAccounts(EngineCall call)
    {
        using HttpReply reply = Client.Get(
            "instance/service-accounts/?recursive=true", MetadataClient.ListingCap, TimeSpan.Zero, call);
        if (reply.Status == 404)
        {
            return [];
        }

        return JsonText.TryRead(reply.Body, ServiceAccountReader.ReadAll, out List<GceServiceAccount> accounts)
            ? accounts
            : throw Errors.ResponseNotJson(Client.Address.Host, reply.ContentType);
    }

    /// <summary>One account, "default" or by e-mail address; null where it is not attached.</summary>
    public GceServiceAccount? TryGetServiceAccount(string name, EngineCall call)
    {
        using HttpReply reply = Client.Get(
            "instance/service-accounts/" + Uri.EscapeDataString(name) + "/?recursive=true",
            MetadataClient.ValueCap,
            TimeSpan.Zero,
            call);
        return reply.IsSuccess && JsonText.TryRead(reply.Body, ServiceAccountReader.Read, out GceServiceAccount account) ? account : null;
    }

    private HttpReply Send(string path, MetadataQuery query, bool isDirectory, EngineCall call)
    {
        StringBuilder url = new(path);
        char separator = '?';
        TimeSpan hang = TimeSpan.Zero;
        if (query.Recursive && isDirectory)
        {
            Add("recursive=true");
        }

        if (!query.AsText && (query.Recursive || !isDirectory))
        {
            Add("alt=json");
        }
        else if (query.AsText && query.Recursive)
        {
            Add("alt=text");
        }

        if (query.WaitForChange)
        {
            hang = query.WaitTimeout ?? TimeSpan.FromSeconds(60);
            int seconds = Math.Max(1, (int)Math.Ceiling(hang.TotalSeconds));
            Add("wait_for_change=true");
            Add("timeout_sec=" + seconds.ToString(CultureInfo.InvariantCulture));
            Add("last_etag=" + Uri.EscapeDataString(query.LastETag ?? "0"));
            hang = TimeSpan.FromSeconds(seconds);
        }

        int cap = query.Recursive ? MetadataClient.ListingCap : LargeValueCap;
        return Client.Get(url.ToString(), cap, hang, call);

        void Add(string pair)
        {
            url.Append(separator).Append(pair);
            separator = '&';
        }
    }

    // A custom value may have 256 KiB (source: https://cloud.google.com/compute/docs/metadata/setting-custom-metadata#limitations),
    // and JSON escaping can double it.
    private const int LargeValueCap = 1024 * 1024;

    private static MetadataAnswer Read(HttpReply reply, MetadataQuery query, bool isDirectory)
    {
        string? etag = reply.Header("ETag");
        bool timedOut = query.WaitForChange && query.LastETag is not null && etag == query.LastETag;
        bool isListing = isDirectory && !query.Recursive;
        if (query.AsText || isListing || !IsJson(reply))
        {
            return new MetadataAnswer { Text = reply.Text(), IsDirectory = isListing, ETag = etag, TimedOut = timedOut };
        }

        return JsonText.TryRead(reply.Body, ReadValue, out object? value)
            ? new MetadataAnswer { Text = string.Empty, IsJson = true, Value = value, ETag = etag, TimedOut = timedOut }
            : throw Errors.ResponseTruncated("The metadata server");
    }

    private static object? ReadValue(ref JsonCursor json) => json.Value();

    private static bool IsJson(HttpReply reply) => reply.ContentType.EndsWith("json", StringComparison.OrdinalIgnoreCase);

    // Each segment is escaped, the slashes stay; what would leave the tree is refused.
    private static string Escape(string path)
    {
        if (path.IndexOf("//", StringComparison.Ordinal) >= 0 || path.StartsWith("/", StringComparison.Ordinal))
        {
            throw Errors.MetadataPathInvalid(path);
        }

        string[] segments = path.Split('/');
        for (int i = 0; i < segments.Length; i++)
        {
            // "%2e%2e" is ".." too.
            string name = Uri.UnescapeDataString(segments[i]);
            if (name is "." or ".." || segments[i].IndexOfAny(['?', '#', '\\']) >= 0)
            {
                throw Errors.MetadataPathInvalid(path);
            }

            segments[i] = Uri.EscapeDataString(name);
        }

        return string.Join("/", segments);
    }

    // .../service-accounts/NAME/token and .../identity
    private static void RefuseSecret(string path)
    {
        string[] segments = Uri.UnescapeDataString(path).TrimEnd('/').Split('/');
        if (segments.Length == 4 && segments[1] == "service-accounts" && segments[3] is "token" or "identity")
        {
            throw Errors.MetadataPathIsSecret(path);
        }
    }
}
