using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Commands;

/// <summary>Makes URLs that let whoever has them do one thing with an object for a while, without an account.</summary>
[Cmdlet(VerbsCommon.New, "GcsSignedUrl", DefaultParameterSetName = ByObject, HelpUri = HelpLinks.Base + "New-GcsSignedUrl.md")]
[OutputType(typeof(GcsSignedUrl))]
public sealed class NewGcsSignedUrlCommand : GcsObjectCmdlet
{
    private const string Resumable = "x-goog-resumable";

    /// <summary>The HTTP method that the URL is for.</summary>
    [Parameter]
    [ValidateSet("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS")]
    public string Method { get; set; } = "GET";

    /// <summary>How long it is good for: a TimeSpan, at most 7 days with a key, 12 hours where Google signs. One hour where it is not given.</summary>
    [Parameter]
    [Alias("ExpiresIn")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Headers that must be sent with it, exactly so.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Header { get; set; }

    /// <summary>Query parameters of the request, such as response-content-disposition.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Query { get; set; }

    /// <summary>The media type that an upload must have: the header Content-Type.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ContentType { get; set; }

    /// <summary>The URL begins a resumable upload: a POST with the header x-goog-resumable.</summary>
    [Parameter]
    public SwitchParameter StartResumable { get; set; }

    /// <summary>Where the bucket stands in the URL.</summary>
    [Parameter]
    public GcsUrlStyle Style { get; set; }

    /// <summary>A host of your own that stands for the bucket (a CNAME, a load balancer): a name or an https:// address.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? HostName { get; set; }

    private protected override async Task ProcessAsync()
    {
        foreach (GcsObject target in NamedObjectsOrPrefixes())
        {
            await ForItemAsync(target.Uri, async () => WriteObject(await Engine.SignUrlAsync(Session, MakeRequest(target), Call)));
        }
    }

    private SignedUrlRequest MakeRequest(GcsObject target)
    {
        List<KeyValuePair<string, string>> headers = SignedArguments.Pairs(Header);
        if (ContentType is not null)
        {
            headers.Add(new KeyValuePair<string, string>("Content-Type", ContentType));
        }

        if (StartResumable)
        {
            headers.Add(new KeyValuePair<string, string>(Resumable, "start"));
        }

        return new SignedUrlRequest
        {
            Bucket = target.Bucket,
            Name = target.Name.Length > 0 ? target.Name : null,

            // What is listed is the live object: a URL pinned to its generation would end with the next upload.
            Generation = ParameterSetName == ByName || target.DeletionTime is not null || target.Size is null ? target.Generation : null,
            Method = StartResumable ? "POST" : Method.ToUpperInvariant(),
            Lifetime = Lifetime,
            Headers = headers,
            Query = RestArguments.Query(Query),
            Style = Style,
            HostName = SignedArguments.HostOf(HostName),
        };
    }
}
