using System.Collections.Generic;
using System.Globalization;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.ResourceManager;

/// <summary>Reads projects. Source: https://cloud.google.com/resource-manager/reference/rest/v3/projects#Project.</summary>
internal static class ProjectReader
{
    /// <summary>The fields that <see cref="Read"/> uses, and so the only ones asked for.</summary>
    public const string Fields = "name,parent,projectId,state,displayName,createTime,updateTime,deleteTime,etag,labels";

    public static GcpProject Read(ref JsonCursor json)
    {
        GcpProject project = new();
        if (!json.BeginObject())
        {
            throw JsonText.NotAsExpected("a resource that is no object");
        }

        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "name":
                    // "projects/415104041262"
                    project.Number = ulong.TryParse(
                        json.LastSegment(), NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) ? number : null;
                    break;
                case "projectId":
                    project.ProjectId = json.String() ?? string.Empty;
                    break;
                case "displayName":
                    project.DisplayName = json.String();
                    break;
                case "parent":
                    project.Parent = json.SharedString();
                    break;
                case "state":
                    project.State = json.SharedString() ?? string.Empty;
                    break;
                case "createTime":
                    project.CreationTime = json.Time();
                    break;
                case "updateTime":
                    project.UpdateTime = json.Time();
                    break;
                case "deleteTime":
                    project.DeletionTime = json.Time();
                    break;
                case "etag":
                    project.ETag = json.String();
                    break;
                case "labels":
                    project.Labels = JsonLists.Map(ref json);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return project.ProjectId.Length > 0 ? project : throw JsonText.NotAsExpected("a resource without a name");
    }

    /// <summary>A page of projects.</summary>
    public static ProjectPage ReadPage(ref JsonCursor json)
    {
        ProjectPage page = new();
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
                case "projects" when json.BeginArray():
                    while (json.NextElement())
                    {
                        page.Items.Add(Read(ref json));
                    }

                    break;
                case "projects":
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return page;
    }
}

/// <summary>A page of projects as it came.</summary>
internal sealed class ProjectPage
{
    public List<GcpProject> Items { get; } = [];

    public string? NextPageToken { get; set; }
}
