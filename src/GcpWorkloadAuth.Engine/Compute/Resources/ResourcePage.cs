using System;
using System.Collections.Generic;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Compute.Resources;

/// <summary>A page of resources as it came.</summary>
/// <typeparam name="T">The model.</typeparam>
internal sealed class ResourcePage<T>
{
    public List<T> Items { get; } = [];

    /// <summary>The places that could not be reached.</summary>
    public HashSet<string> Unreachable { get; } = new(StringComparer.Ordinal);

    /// <summary>The place itself that was asked could not be reached.</summary>
    public bool IsUnreachable { get; set; }

    public string? NextPageToken { get; set; }
}

/// <summary>Reads pages of resources: of one place, and aggregated over all.</summary>
/// <typeparam name="T">The model.</typeparam>
/// <param name="read">Reads one resource.</param>
/// <param name="collection">The name of the array: of a scope's answer, or of a flat one.</param>
internal sealed class ResourcePageReader<T>(JsonMapper<T> read, string collection)
{
    /// <summary>The resources are an array, "items" or what the method calls it.</summary>
    public ResourcePage<T> ReadFlat(ref JsonCursor json) => Read(ref json, isAggregated: false);

    /// <summary>items is an object: scope to {COLLECTION | warning}.</summary>
    public ResourcePage<T> ReadAggregated(ref JsonCursor json) => Read(ref json, isAggregated: true);

    private ResourcePage<T> Read(ref JsonCursor json, bool isAggregated)
    {
        ResourcePage<T> page = new();
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
                case "unreachables":
                    foreach (string scope in JsonLists.Strings(ref json))
                    {
                        page.Unreachable.Add(Names.LastSegment(scope)!);
                    }

                    break;
                case "warning":
                    page.IsUnreachable |= ReadWarning(ref json);
                    break;
                default:
                    if (!isAggregated && (name == "items" || name == collection))
                    {
                        ReadItems(ref json, page);
                    }
                    else
                    {
                        json.Skip();
                    }

                    break;
            }
        }

        return page;
    }

    private void ReadScopes(ref JsonCursor json, ResourcePage<T> page)
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
                if (name == collection)
                {
                    ReadItems(ref json, page);
                }
                else if (name == "warning")
                {
                    if (ReadWarning(ref json))
                    {
                        page.Unreachable.Add(Names.LastSegment(scope)!);
                    }
                }
                else
                {
                    json.Skip();
                }
            }
        }
    }

    private void ReadItems(ref JsonCursor json, ResourcePage<T> page)
    {
        if (!json.BeginArray())
        {
            return;
        }

        while (json.NextElement())
        {
            page.Items.Add(read(ref json));
        }
    }

    // NO_RESULTS_ON_PAGE is how an empty scope says that it is empty. UNREACHABLE is news.
    private static bool ReadWarning(ref JsonCursor json) => ResourceParts.ReadMember(ref json, "code") == "UNREACHABLE";
}
