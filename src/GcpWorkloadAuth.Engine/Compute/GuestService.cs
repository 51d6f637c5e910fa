using System.Collections.Generic;
using System.Globalization;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Api;
using GcpWorkloadAuth.Engine.Http;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Compute;

/// <summary>What can be seen of an instance's guest: its serial ports and its guest attributes.</summary>
internal sealed class GuestService(ApiClient client)
{
    public Task<SerialPortText> ReadSerialPortAsync(InstanceAddress at, int port, long? start, EngineCall call)
    {
        string path = ComputeGuestApi.GetSerialPortOutput.Format(
            PathOf(at),
            ("port", port.ToString(CultureInfo.InvariantCulture)),
            ("start", start?.ToString(CultureInfo.InvariantCulture)),
            ("prettyPrint", "false"),
            ("fields", "contents,start,next"));
        return client.SendAsync(
            new ApiRequest(ComputeGuestApi.GetSerialPortOutput, path)
            {
                NotFound = refusal => Missing(refusal, at),
                Special = refusal => refusal.Reason == "resourceNotReady" ? Errors.InstanceNotReady(at.Name, refusal.Message) : null,
            },
            ReadSerialPort,
            call);
    }

    public Task<IReadOnlyList<GceGuestAttribute>> GetGuestAttributesAsync(InstanceAddress at, string? queryPath, EngineCall call)
    {
        // A namespace ends with a slash; a key does not. Source: parameter queryPath.
        string? asked = queryPath is null || queryPath.Length == 0 ? null : queryPath.IndexOf('/') < 0 ? queryPath + "/" : queryPath;
        string path = ComputeGuestApi.GetGuestAttributes.Format(
            PathOf(at), ("queryPath", asked), ("prettyPrint", "false"), ("fields", "queryValue/items(namespace,key,value)"));
        return client.SendAsync<IReadOnlyList<GceGuestAttribute>>(
            new ApiRequest(ComputeGuestApi.GetGuestAttributes, path)
            {
                NotFound = refusal => refusal.Message.Contains("uestAttributes") || refusal.Message.Contains("uest attribute")
                    ? Errors.GuestAttributeNotFound(queryPath ?? "*", at.Name)
                    : Missing(refusal, at),
                Special = refusal => refusal.Status == 412 ? Errors.InstanceGuestAttributesDisabled(at.Name) : null,
            },
            (ref JsonCursor json) => ReadAttributes(ref json, at.Name),
            call);
    }

    private static string[] PathOf(InstanceAddress at) => [Names.Project(at.Project), Names.Zone(at.Zone), Names.Instance(at.Name)];

    private static GcpException Missing(ApiRefusal refusal, InstanceAddress at) =>
        ComputeRefusals.Missing(refusal, at.Project, at.Zone) ?? Errors.InstanceNotFound(at.Name, at.Project + "/" + at.Zone);

    private static SerialPortText ReadSerialPort(ref JsonCursor json)
    {
        string contents = string.Empty;
        long start = 0;
        long next = 0;
        if (json.BeginObject())
        {
            while (json.NextProperty(out string name))
            {
                switch (name)
                {
                    case "contents":
                        contents = json.String() ?? string.Empty;
                        break;
                    case "start":
                        start = json.Int64() ?? 0;
                        break;
                    case "next":
                        next = json.Int64() ?? 0;
                        break;
                    default:
                        json.Skip();
                        break;
                }
            }
        }

        return new SerialPortText(contents, start, next);
    }

    private static GceGuestAttribute[] ReadAttributes(ref JsonCursor json, string instance)
    {
        List<GceGuestAttribute> found = [];
        Dictionary<string, object?>? value = json.Value() as Dictionary<string, object?>;
        if (Member(Member(value, "queryValue"), "items") is List<object?> items)
        {
            foreach (object? item in items)
            {
                found.Add(new GceGuestAttribute
                {
                    Instance = instance,
                    Namespace = Member(item, "namespace") as string ?? string.Empty,
                    Key = Member(item, "key") as string ?? string.Empty,
                    Value = Member(item, "value") as string ?? string.Empty,
                });
            }
        }

        return [.. found];
    }

    private static object? Member(object? map, string name) =>
        map is Dictionary<string, object?> members && members.TryGetValue(name, out object? value) ? value : null;
}
