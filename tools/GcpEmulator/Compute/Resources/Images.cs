using GcpEmulator.Http;
using GcpEmulator.Json;

namespace GcpEmulator.Compute;

/// <summary>Images: those of a project, public ones too, and families ("Image families": the latest that is not deprecated).</summary>
internal sealed class Images(CloudState state)
{
    public IReadOnlyList<EmulatedResource> All(string project) => PublicImages.IsProject(project)
        ? [.. PublicImages.All.Where(i => i.Project == project)]
        : state.Compute.Resources.All("images", project);

    public Reply FromFamily(ComputeCall call, string family)
    {
        EmulatedResource image = Latest(call.Project.Id, family)
            ?? throw ComputeErrors.NotFound($"projects/{call.Project.Id}/global/images/family/{family}");
        return JsonAnswer.Create(call.Request, ComputeFields.Of("images"), json => image.Json.WriteTo(json));
    }

    /// <summary>imageFamilyViews.get, which gcloud asks.</summary>
    public Reply FamilyView(ComputeCall call, string family)
    {
        EmulatedResource image = Latest(call.Project.Id, family)
            ?? throw ComputeErrors.NotFound($"projects/{call.Project.Id}/global/images/family/{family}");
        return JsonAnswer.Create(call.Request, FieldSchemas.Unchecked, json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("image");
            image.Json.WriteTo(json);
            json.WriteEndObject();
        });
    }

    /// <summary>The image that a sourceImage names: an image's or a family's URL, whole or in part.</summary>
    public EmulatedResource? Resolve(string source, string project)
    {
        ResourceRef? named = ComputeUrls.Parse(source, project);
        if (named is { Collection: "imageFamilyViews" } view)
        {
            return Latest(view.Project, view.Name); // what gcloud sends for --image-family: zones/-/imageFamilyViews/FAMILY
        }

        if (named is not { Scope: "global", Collection: "images" } found)
        {
            return null;
        }

        return found.Name.StartsWith("family/", StringComparison.Ordinal)
            ? Latest(found.Project, found.Name["family/".Length..])
            : All(found.Project).FirstOrDefault(i => i.Name == found.Name);
    }

    private EmulatedResource? Latest(string project, string family) => All(project)
        .Where(i => i.Json.Text("family") == family && i.Json["deprecated"] is null)
        .OrderBy(i => i.Json.Text("creationTimestamp"), StringComparer.Ordinal)
        .LastOrDefault();
}
