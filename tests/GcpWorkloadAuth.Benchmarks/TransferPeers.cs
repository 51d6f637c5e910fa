using System.Globalization;

namespace GcpWorkloadAuth.Benchmarks;

/// <summary>Other programs that do the same, as far as the machine has them.</summary>
internal sealed class TransferPeers(Uri api, string root, string bucket, string token)
{
    private readonly bool _hasRclone = Has("rclone");
    private readonly bool _hasGcloud = Has("gcloud");
    private readonly string? _storage = FindNodeLibrary();
    private int _round;

    public IEnumerable<(string Name, Action Work)> LargeUp(string source)
    {
        string upload = new Uri(api, $"upload/storage/v1/b/{bucket}/o?uploadType=media&name=curl").AbsoluteUri;
        yield return ("curl", () => Measure.Process("curl", "-sf", "-o", "/dev/null", "-H", Header, "-H", "Expect:", "-T", source, "-X", "POST", upload));
        if (_hasRclone)
        {
            yield return ("rclone", () => Rclone("copyto", source, ":gcs:" + bucket + "/rclone", "--ignore-times"));
        }

        if (_hasGcloud)
        {
            yield return ("gcloud storage", () => Measure.Process("gcloud", "storage", "cp", source, "gs://" + bucket + "/gcloud"));
        }

        if (_storage is not null)
        {
            yield return ("@google-cloud/storage", () => Node($"await b.upload('{source}', {{ destination: 'node' }})"));
        }
    }

    public IEnumerable<(string Name, Action Work)> LargeDown(string target)
    {
        string media = new Uri(api, $"storage/v1/b/{bucket}/o/large?alt=media").AbsoluteUri;
        yield return ("curl", () => Measure.Process("curl", "-sf", "-H", Header, "-o", target + ".curl", media));
        if (_hasRclone)
        {
            yield return ("rclone", () => Rclone("copyto", ":gcs:" + bucket + "/large", target + ".rclone", "--ignore-times"));
        }

        if (_hasGcloud)
        {
            yield return ("gcloud storage", () => Measure.Process("gcloud", "storage", "cp", "gs://" + bucket + "/large", target + ".gcloud"));
        }

        if (_storage is not null)
        {
            yield return ("@google-cloud/storage", () => Node($"await b.file('large').download({{ destination: '{target}.node' }})"));
        }
    }

    public IEnumerable<(string Name, Action Work)> SmallUp(string folder)
    {
        yield return ("curl -Z --parallel-max 16", () => CurlMany(up: true, folder));
        if (_hasRclone)
        {
            yield return ("rclone --transfers 16", () => Rclone("copy", folder, $":gcs:{bucket}/r{_round++}", "--transfers", "16", "--no-check-dest"));
        }

        if (_hasGcloud)
        {
            yield return ("gcloud storage", () => Measure.Process("gcloud", "storage", "cp", "-r", folder, $"gs://{bucket}/g{_round++}"));
        }

        if (_storage is not null)
        {
            yield return ("@google-cloud/storage", () => Node(
                $"const fs = require('fs'); const l = fs.readdirSync('{folder}'); await Promise.all([...Array(16).keys()].map(async () => "
                + $"{{ while (l.length) {{ const n = l.pop(); await b.upload('{folder}/' + n, {{ destination: 'n{_round++}/' + n, resumable: false }}); }} }}))"));
        }
    }

    public IEnumerable<(string Name, Action Work)> SmallDown(string target)
    {
        yield return ("curl -Z --parallel-max 16", () => CurlMany(up: false, target));
        if (_hasRclone)
        {
            yield return ("rclone --transfers 16", () => Rclone("copy", $":gcs:{bucket}/small", target + "/rclone", "--transfers", "16", "--ignore-times"));
        }

        if (_hasGcloud)
        {
            yield return ("gcloud storage", () => Measure.Process("gcloud", "storage", "cp", "-r", $"gs://{bucket}/small", Directory.CreateDirectory(target + "/gcloud").FullName));
        }
    }

    private string Header => "Authorization: Bearer " + token;

    private void CurlMany(bool up, string folder)
    {
        string config = Path.Combine(root, "curl.txt");
        using (StreamWriter lines = new(config))
        {
            int round = _round++;
            Directory.CreateDirectory(folder);
            for (int i = 0; i < 1000; i++)
            {
                string name = i.ToString("0000", CultureInfo.InvariantCulture);
                string url = up
                    ? new Uri(api, $"upload/storage/v1/b/{bucket}/o?uploadType=media&name=c{round}/{name}").AbsoluteUri
                    : new Uri(api, $"storage/v1/b/{bucket}/o/small%2F{name}?alt=media").AbsoluteUri;
                string transfer = up
                    ? $"upload-file = \"{folder}/{name}\"\nrequest = POST\noutput = /dev/null"
                    : $"output = \"{folder}/curl-{name}\"";
                lines.Write($"{(i > 0 ? "next\n" : string.Empty)}url = \"{url}\"\n{transfer}\nheader = \"{Header}\"\nsilent\nfail\n");
            }
        }

        Measure.Process("curl", "-Z", "--parallel-max", "16", "-s", "-K", config);
    }

    private void Rclone(params string[] arguments) => Measure.Process(
        "rclone",
        ["--config", "/dev/null", "--gcs-anonymous", "--gcs-endpoint", api.GetLeftPart(UriPartial.Authority), "--gcs-bucket-policy-only", "--retries", "1", .. arguments]);

    private void Node(string work) => Measure.Process(
        "node",
        "-e",
        $"const {{ Storage }} = require('{_storage}'); const b = new Storage({{ projectId: 'demo-project', apiEndpoint: '{api.GetLeftPart(UriPartial.Authority)}', "
            + $"useAuthWithCustomEndpoint: true }}).bucket('{bucket}'); (async () => {{ {work}; process.exit(0); }})().catch(e => {{ console.error(e); process.exit(1); }});");

    private static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    // Where tests/ForeignClients was installed, or what this names.
    private static string? FindNodeLibrary()
    {
        string? named = Environment.GetEnvironmentVariable("GCS_NODE_LIBRARY");
        return Has("node") && named is not null && Directory.Exists(named) ? named : null;
    }
}
