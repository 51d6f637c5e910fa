using System.Globalization;
using System.Text.Json.Nodes;

namespace GcpEmulator.Compute;

/// <summary>The JSON of a new disk: schema Disk.</summary>
internal static class DiskJson
{
    public static JsonObject Create(
        CloudState state, Images images, string project, string scope, string field, string? image, string? snapshot, string? sizeGb, string? type)
    {
        JsonObject json = new() { ["status"] = "READY", ["physicalBlockSizeBytes"] = "4096" };
        long size = long.TryParse(sizeGb, CultureInfo.InvariantCulture, out long asked) ? asked : 0;
        EmulatedResource? source = null;
        if (!string.IsNullOrEmpty(image))
        {
            source = images.Resolve(image, project)
                ?? throw ComputeErrors.InvalidValue(field, image, "The referenced image resource cannot be found.");
            json["sourceImage"] = source.SelfLink;
            json["sourceImageId"] = source.Json.Text("id");
        }
        else if (!string.IsNullOrEmpty(snapshot))
        {
            ResourceRef at = ComputeUrls.Parse(snapshot, project) ?? new(project, "global", "snapshots", ComputeUrls.LastPart(snapshot));
            source = state.Compute.Resources.Find("snapshots", at.Scope, at.Name, at.Project)
                ?? throw ComputeErrors.InvalidValue(field, snapshot, "The referenced snapshot resource cannot be found.");
            json["sourceSnapshot"] = source.SelfLink;
            json["sourceSnapshotId"] = source.Json.Text("id");
        }

        foreach (string member in new[] { "licenses", "guestOsFeatures", "architecture" })
        {
            if (source?.Json[member] is JsonNode value)
            {
                json[member] = value.DeepClone();
            }
        }

        long least = long.Parse(source?.Json.Text("diskSizeGb") ?? "0", CultureInfo.InvariantCulture);
        if (size > 0 && size < least)
        {
            // Text as public reports have it: "Requested disk size cannot be smaller than the image size (10 GB)".
            string what = image is { Length: > 0 } ? "image" : "snapshot";
            throw ComputeErrors.InvalidValue(
                field.Replace("sourceImage", field == "resource.sourceImage" ? "sizeGb" : "diskSizeGb", StringComparison.Ordinal), size.ToString(CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"Requested disk size cannot be smaller than the {what} size ({least} GB)"));
        }

        size = size > 0 ? size : least > 0 ? least : 500; // "500 GB" is the default of an empty standard disk (discovery document, sizeGb)
        json["sizeGb"] = size.ToString(CultureInfo.InvariantCulture);
        json["type"] = ComputeUrls.Resource(project, scope, "diskTypes", ComputeUrls.LastPart(type is { Length: > 0 } ? type : "pd-standard"));
        return json;
    }
}
