using System.Collections.Generic;
using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Compute.Resources;

/// <summary>Reads the disks of a template, which do not exist yet: what they become is in initializeParams.</summary>
internal static class TemplateDisks
{
    public static void Read(ref JsonCursor json, GceInstanceTemplate template)
    {
        if (!json.BeginArray())
        {
            return;
        }

        List<GceAttachedDisk> disks = [];
        while (json.NextElement())
        {
            (GceAttachedDisk disk, string? image) = ReadOne(ref json);
            disks.Add(disk);
            if (disk.Boot)
            {
                template.SourceImage = image;
            }
        }

        template.Disks = disks.ToArray();
    }

    private static (GceAttachedDisk Disk, string? Image) ReadOne(ref JsonCursor json)
    {
        GceAttachedDisk disk = new();
        string? image = null;
        if (json.BeginObject())
        {
            while (json.NextProperty(out string name))
            {
                switch (name)
                {
                    case "deviceName":
                        disk.DeviceName = json.SharedString();
                        break;
                    case "boot":
                        disk.Boot = json.Boolean();
                        break;
                    case "autoDelete":
                        disk.AutoDelete = json.Boolean();
                        break;
                    case "mode":
                        disk.Mode = json.SharedString();
                        break;
                    case "type":
                        disk.Type = json.SharedString();
                        break;
                    case "interface":
                        disk.Interface = json.SharedString();
                        break;
                    case "diskSizeGb":
                        disk.SizeGB = json.Int64();
                        break;
                    case "source":
                        disk.Source = json.String();
                        break;
                    case "initializeParams":
                        image = ReadParameters(ref json, disk) ?? image;
                        break;
                    default:
                        json.Skip();
                        break;
                }
            }
        }

        disk.Name = Names.LastSegment(disk.Source) ?? disk.DeviceName ?? string.Empty;
        return (disk, image);
    }

    private static string? ReadParameters(ref JsonCursor json, GceAttachedDisk disk)
    {
        string? image = null;
        if (json.BeginObject())
        {
            while (json.NextProperty(out string name))
            {
                switch (name)
                {
                    case "sourceImage":
                        image = json.SharedString();
                        break;
                    case "diskSizeGb":
                        disk.SizeGB = json.Int64();
                        break;
                    default:
                        json.Skip();
                        break;
                }
            }
        }

        return image;
    }
}
