using System.Globalization;
using System.Text;
using System.Xml;
using GcpEmulator.Http;

namespace GcpEmulator.Storage;

/// <summary>Answers of the XML API ("HTTP status and error codes for XML").</summary>
internal static class XmlReply
{
    private const string Namespace = "http://doc.s3.amazonaws.com/2006-03-01"; // as the real service answers to multipart calls

    public static StorageException Error(int status, string code, string message, string? details = null) =>
        new(Create(status, writer =>
        {
            writer.WriteStartElement("Error");
            writer.WriteElementString("Code", code);
            writer.WriteElementString("Message", message);
            if (details is not null)
            {
                writer.WriteElementString("Details", details);
            }

            writer.WriteEndElement();
        }));

    public static Reply Create(int status, Action<XmlWriter> write)
    {
        StringBuilder text = new();
        using (XmlWriter writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, CheckCharacters = false }))
        {
            write(writer);
        }

        return Reply.Text("<?xml version='1.0' encoding='UTF-8'?>" + text, Reply.XmlType, status);
    }

    /// <summary>A document whose root has the API's namespace.</summary>
    public static Reply Document(string root, Action<XmlWriter> write) => Create(200, writer =>
    {
        writer.WriteStartElement(root, Namespace);
        write(writer);
        writer.WriteEndElement();
    });

    public static string Time(DateTimeOffset time) => BucketJson.Time(time);

    public static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A refusal of the JSON API's parts in the XML API's words.</summary>
    public static Reply From(Reply json)
    {
        if (json.Status < 400 || json.ContentType == Reply.XmlType || json.Body.IsEmpty)
        {
            return json;
        }

        string message = "Error";
        string? reason = null;
        try
        {
            System.Text.Json.Nodes.JsonNode? error = System.Text.Json.Nodes.JsonNode.Parse(json.Body.Span)?["error"];
            message = error?["message"]?.ToString() ?? message;
            reason = error?["errors"]?[0]?["reason"]?.ToString();
        }
        catch (System.Text.Json.JsonException)
        {
            return json;
        }

        (string code, string text) = (json.Status, reason) switch
        {
            (404, _) when message == BucketsApi.Missing => ("NoSuchBucket", "The specified bucket does not exist."),
            (404, _) => ("NoSuchKey", "The specified key does not exist."),
            (412, _) => ("PreconditionFailed", "At least one of the pre-conditions you specified did not hold."),
            (401, _) => ("AuthenticationRequired", "Authentication required."),
            (403, "retentionPolicyNotMet") => ("RetentionPolicyNotMet", message),
            (403, "objectUnderActiveHold") => ("ObjectUnderActiveHold", message),
            (403, _) => ("AccessDenied", "Access denied."),
            (400, _) when message.StartsWith("Provided CRC32C", StringComparison.Ordinal) => ("BadDigest", message),
            (400, _) when message.StartsWith("Provided MD5", StringComparison.Ordinal) => ("BadDigest", message),
            (400, "resourceIsEncryptedWithCustomerEncryptionKey") => ("ResourceIsEncryptedWithCustomerEncryptionKey", message),
            (400, "customerEncryptionKeyIsIncorrect") => ("CustomerEncryptionKeyIsIncorrect", message),
            (503, _) => ("ServiceUnavailable", "Backend Error"),
            _ => ("InvalidArgument", message),
        };
        return Error(json.Status, code, text, json.Status is 404 or 403 ? message : null).Reply;
    }
}
