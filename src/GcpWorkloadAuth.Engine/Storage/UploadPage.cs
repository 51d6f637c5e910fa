using System.Collections.Generic;
using System.IO;
using System.Xml;
using System.Xml.Linq;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Http;

namespace GcpWorkloadAuth.Engine.Storage;

/// <summary>A page of unfinished multipart uploads. Source: https://cloud.google.com/storage/docs/xml-api/get-bucket-uploads.</summary>
internal sealed class UploadPage
{
    public List<UnfinishedUpload> Uploads { get; } = [];

    public bool IsTruncated { get; private set; }

    public string? NextKey { get; private set; }

    public string? NextUploadId { get; private set; }

    /// <summary>Reads an answer; null where it is none, or says that there is more and not where.</summary>
    public static UploadPage? Read(HttpReply reply, string bucket)
    {
        XElement root;
        try
        {
            // No DTD, no external entity; names may hold any character that XML can refer to.
            XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CheckCharacters = false };
            using MemoryStream body = new(reply.Body.Array!, reply.Body.Offset, reply.Body.Count, writable: false);
            using XmlReader reader = XmlReader.Create(body, settings);
            root = XElement.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }

        if (root.Name.LocalName != "ListMultipartUploadsResult")
        {
            return null;
        }

        UploadPage page = new();
        foreach (XElement element in root.Elements())
        {
            switch (element.Name.LocalName)
            {
                case "IsTruncated":
                    page.IsTruncated = element.Value == "true";
                    break;
                case "NextKeyMarker":
                    page.NextKey = element.Value;
                    break;
                case "NextUploadIdMarker":
                    page.NextUploadId = element.Value;
                    break;
                case "Upload" when Child(element, "Key") is { } name && Child(element, "UploadId") is { } id:
                    page.Uploads.Add(new UnfinishedUpload(bucket, name, id));
                    break;
                default:
                    break;
            }
        }

        return page.IsTruncated && string.IsNullOrEmpty(page.NextKey) ? null : page;
    }

    private static string? Child(XElement element, string name)
    {
        foreach (XElement child in element.Elements())
        {
            if (child.Name.LocalName == name)
            {
                return child.Value;
            }
        }

        return null;
    }
}
