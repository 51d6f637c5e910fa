using System.Text;
using CsCheck;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Compute;
using GcpWorkloadAuth.Engine.Compute.Resources;
using GcpWorkloadAuth.Engine.Credentials;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Engine.Metadata;
using GcpWorkloadAuth.Engine.ResourceManager;
using GcpWorkloadAuth.Engine.Storage;
using GcpWorkloadAuth.Engine.Tests.Support;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Tests.Json;

/// <summary>Whatever a server answers: a value, or "not JSON", and never anything thrown.</summary>
public sealed class JsonProperties
{
    private const string Bucket =
        """
        {"nextPageToken":"t","unreachable":["a/b"],"items":[{"name":"b","projectNumber":"123456789012","location":"EU","labels":{"a":"b"},
        "timeCreated":"2026-01-02T03:04:05.678Z","softDeletePolicy":{"retentionDurationSeconds":"604800"},
        "retentionPolicy":{"retentionPeriod":"3600","isLocked":true},"versioning":{"enabled":true},
        "iamConfiguration":{"uniformBucketLevelAccess":{"enabled":true},"publicAccessPrevention":"inherited"},"generation":"1"}]}
        """;

    private const string Instance =
        """
        {"nextPageToken":"t","unreachables":["zones/z"],"items":{"zones/z":{"instances":[{"id":"18446744073709551615","name":"i",
        "zone":"https://h/zones/z","tags":{"items":["x"],"fingerprint":"f"},"metadata":{"items":[{"key":"k","value":"v"}]},
        "disks":[{"source":"s/d","diskSizeGb":"10","index":0,"boot":true}],"scheduling":{"preemptible":false},
        "networkInterfaces":[{"name":"nic0","networkIP":"10.0.0.2","accessConfigs":[{"name":"n","natIP":"1.2.3.4"}]}],
        "serviceAccounts":[{"email":"e","scopes":["s"]}],"creationTimestamp":"2026-01-02T03:04:05.678-07:00"}],
        "warning":{"code":"NO_RESULTS_ON_PAGE"}}}}
        """;

    private const string Error =
        """
        {"error":{"code":403,"message":"m","errors":[{"reason":"r","domain":"d"}],"status":"S","details":[{"@type":"t","reason":"R",
        "metadata":{"service":"s"},"violations":[{"type":"t","subject":"s"}]}]},"error_description":"d","access_token":"t","expires_in":3599}
        """;

    private static readonly byte[][] s_documents = [.. new[] { Bucket, Instance, Error, "{\"v\":1}", "[]" }.Select(Encoding.UTF8.GetBytes)];

    // A document in which some bytes are others, some are missing and some stand twice.
    private static readonly Gen<byte[]> s_mutated =
        from document in Gen.OneOf(s_documents)
        from changes in Gen.Select(Gen.Int[0, document.Length - 1], Gen.OneOf(Gen.OneOf("{}[]\",:0123456789eE+-.\\untrfl "u8.ToArray()), Gen.Byte), Gen.Int[0, 3]).Array[1, 6]
        select Mutate(document, changes);

    [Fact]
    public void Mutated_documents_never_throw() => s_mutated.Sample(ReadEverything, iter: 4000);

    [Fact]
    public void Random_bytes_never_throw() => Gen.Byte.Array[0, 200].Sample(ReadEverything, iter: 1000);

    [Fact]
    public void Random_json_like_text_never_throws() =>
        Gen.OneOf("{", "}", "[", "]", ":", ",", "\"name\"", "\"items\"", "\"error\"", "1", "-9e99", "\"9223372036854775807\"", "null", "true", "\"\\ud800\"", " ")
            .Array[0, 30]
            .Sample(parts => ReadEverything(Encoding.UTF8.GetBytes(string.Concat(parts))), iter: 4000);

    [Fact]
    public void Numbers_of_any_size_never_throw() =>
        Gen.OneOf(Gen.Long.Select(l => l.ToString(System.Globalization.CultureInfo.InvariantCulture)), Gen.OneOf("1e999", "-1e999", "1" + new string('0', 400), "0.1e-400", "99999999999999"))
            .Sample(
                number =>
                {
                    foreach (string document in new[] { Bucket, Instance, Error })
                    {
                        string changed = System.Text.RegularExpressions.Regex.Replace(document, "\"[0-9]+\"|(?<=:)[0-9]+", number);
                        ReadEverything(Encoding.UTF8.GetBytes(changed));
                        ReadEverything(Encoding.UTF8.GetBytes(changed.Replace(number, "\"" + number + "\"", StringComparison.Ordinal)));
                    }
                },
                iter: 200);

    private static byte[] Mutate(byte[] document, (int At, byte Byte, int How)[] changes)
    {
        List<byte> bytes = [.. document];
        foreach ((int at, byte value, int how) in changes)
        {
            int place = Math.Min(at, bytes.Count - 1);
            if (place < 0)
            {
                break;
            }

            switch (how)
            {
                case 0:
                    bytes[place] = value;
                    break;
                case 1:
                    bytes.Insert(place, value);
                    break;
                case 2:
                    bytes.RemoveAt(place);
                    break;
                default:
                    bytes.RemoveRange(place, Math.Min(bytes.Count - place, value));
                    break;
            }
        }

        return [.. bytes];
    }

    // All the readers there are. Some refuse a resource without a name; none takes what is no JSON.
    private static void ReadEverything(byte[] utf8)
    {
        bool[] isJson =
        [
            JsonText.TryRead(utf8, static (ref JsonCursor json) => json.Value(), out object? _),
            JsonText.TryRead(utf8, BucketReader.ReadPage, out BucketPage _),
            JsonText.TryRead(utf8, BucketReader.Read, out GcsBucket _),
            JsonText.TryRead(utf8, ProjectReader.ReadPage, out ProjectPage _),
            JsonText.TryRead(utf8, ProjectReader.Read, out GcpProject _),
            JsonText.TryRead(utf8, new ResourcePageReader<GceInstance>(InstanceReader.Read, "instances").ReadAggregated, out ResourcePage<GceInstance> _),
            JsonText.TryRead(utf8, new ResourcePageReader<GceDisk>(DiskKinds.Disks.Read, "disks").ReadFlat, out ResourcePage<GceDisk> _),
            JsonText.TryRead(utf8, InstanceReader.Read, out GceInstance _),
            JsonText.TryRead(utf8, ServiceAccountReader.ReadAll, out List<GceServiceAccount> _),
            JsonText.TryRead(utf8, ServiceAccountReader.Read, out GceServiceAccount _),
        ];

        // Only where text is not valid UTF-8 may one reader look closer than another.
        if (IsUtf8(utf8))
        {
            Assert.True(isJson[0] || !isJson.Contains(true), "one reader took what is no JSON");
        }

        using HttpReply reply = Replies.Of(403, Encoding.Latin1.GetString(utf8));
        Assert.NotEmpty(ApiRefusal.Read(reply, ApiService.Storage, new Uri("https://h/"), "a", 1).Explain(_ => Errors.NoProject()).Message);
        Assert.NotEmpty(TokenRefusals.Explain(reply, "s", "e").Message);
    }

    private static bool IsUtf8(byte[] bytes)
    {
        try
        {
            string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
            return !text.Contains("\\u", StringComparison.Ordinal);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
