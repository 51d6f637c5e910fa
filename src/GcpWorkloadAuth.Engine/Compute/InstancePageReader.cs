using System.Collections.Generic;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Compute;

/// <summary>A page of instances as it came.</summary>
internal sealed class InstancePage
{
    public List<GceInstance> Items { get; } = new(500);

    public HashSet<string> Unreachable { get; } = new(System.StringComparer.Ordinal);

    public string? NextPageToken { get; set; }
}

/// <summary>Reads pages of instances, zonal and aggregated.</summary>
internal static class InstancePageReader
{
    /// <summary>items is an array.</summary>
    public static InstancePage ReadZonal(ref JsonCursor json) => Read(ref json, isAggregated: false);

    /// <summary>items is an object: scope to {instances | warning}.</summary>
    public static InstancePage ReadAggregated(ref JsonCursor json) => Read(ref json, isAggregated: true);

    private static InstancePage Read(ref JsonCursor json, bool isAggregated)
    {
        InstancePage page = new();
        if (!json.BeginObject())
        {
            return page;
        }

        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "nextPageToken":
                    page.NextPageToken = json.String();
                    break;
                case "items" when isAggregated:
                    ReadScopes(ref json, page);
                    break;
                case "items":
                    ReadInstances(ref json, page);
                    break;
                case "unreachables":
                    foreach (string scope in JsonLists.Strings(ref json))
                    {
                        page.Unreachable.Add(Names.LastSegment(scope)!);
                    }

                    break;
                case "warning":
                    ReadWarning(ref json, page, null);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return page;
    }

    private static void ReadScopes(ref JsonCursor json, InstancePage page)
    {
        if (!json.BeginObject())
        {
            return;
        }

        while (json.NextEntry(out string scope))
        {
            if (!json.BeginObject())
            {
                continue;
            }

            while (json.NextProperty(out string name))
            {
                if (name == "instances")
                {
                    ReadInstances(ref json, page);
                }
                else if (name == "warning")
                {
                    ReadWarning(ref json, page, scope);
                }
                else
                {
                    json.Skip();
                }
            }
        }
    }

    private static void ReadInstances(ref JsonCursor json, InstancePage page)
    {
        if (!json.BeginArray())
        {
            return;
        }

        while (json.NextElement())
        {
            page.Items.Add(InstanceReader.Read(ref json));
        }
    }

    // NO_RESULTS_ON_PAGE is how an empty scope says that it is empty. UNREACHABLE is news.
    private static void ReadWarning(ref JsonCursor json, InstancePage page, string? scope)
    {
        if (!json.BeginObject())
        {
            return;
        }

        while (json.NextProperty(out string name))
        {
            if (name != "code")
            {
                json.Skip();
            }
            else if (json.SharedString() == "UNREACHABLE" && scope is not null)
            {
                page.Unreachable.Add(Names.LastSegment(scope)!);
            }
        }
    }
}
