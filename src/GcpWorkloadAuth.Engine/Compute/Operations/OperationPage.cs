using System;
using System.Collections.Generic;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Compute.Operations;

/// <summary>A page of operations as it came.</summary>
internal sealed class OperationPage
{
    public List<GceOperation> Items { get; } = [];

    public HashSet<string> Unreachable { get; } = new(StringComparer.Ordinal);

    public string? NextPageToken { get; private set; }

    /// <summary>items is an array.</summary>
    public static OperationPage ReadFlat(ref JsonCursor json) => Read(ref json, isAggregated: false);

    /// <summary>items is an object: scope to {operations | warning}.</summary>
    public static OperationPage ReadAggregated(ref JsonCursor json) => Read(ref json, isAggregated: true);

    private static OperationPage Read(ref JsonCursor json, bool isAggregated)
    {
        OperationPage page = new();
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
                    page.ReadScopes(ref json);
                    break;
                case "items":
                    page.ReadItems(ref json);
                    break;
                case "unreachables":
                    foreach (string scope in JsonLists.Strings(ref json))
                    {
                        page.Unreachable.Add(Names.LastSegment(scope)!);
                    }

                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return page;
    }

    private void ReadScopes(ref JsonCursor json)
    {
        if (!json.BeginObject())
        {
            return;
        }

        while (json.NextEntry(out _))
        {
            if (!json.BeginObject())
            {
                continue;
            }

            while (json.NextProperty(out string name))
            {
                if (name == "operations")
                {
                    ReadItems(ref json);
                }
                else
                {
                    json.Skip();
                }
            }
        }
    }

    private void ReadItems(ref JsonCursor json)
    {
        if (!json.BeginArray())
        {
            return;
        }

        while (json.NextElement())
        {
            Items.Add(OperationReader.Read(ref json));
        }
    }
}
