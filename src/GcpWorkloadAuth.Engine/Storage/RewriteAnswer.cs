using GcpWorkloadAuth.Engine.Json;

namespace GcpWorkloadAuth.Engine.Storage;

/// <summary>What objects.rewrite answers: the copy, or how far it is. Source: https://cloud.google.com/storage/docs/json_api/v1/objects/rewrite.</summary>
internal sealed class RewriteAnswer
{
    public const string Fields = "done,rewriteToken,totalBytesRewritten,objectSize,resource(" + ObjectReader.Fields + ")";

    public bool IsDone { get; private set; }

    public string? Token { get; private set; }

    public long BytesDone { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>The copy, once it is whole.</summary>
    public GcsObject? Resource { get; private set; }

    public static RewriteAnswer Read(ref JsonCursor json)
    {
        RewriteAnswer answer = new();
        if (!json.BeginObject())
        {
            throw JsonText.NotAsExpected("an answer that is no object");
        }

        while (json.NextProperty(out string name))
        {
            switch (name)
            {
                case "done":
                    answer.IsDone = json.Boolean();
                    break;
                case "rewriteToken":
                    answer.Token = json.String();
                    break;
                case "totalBytesRewritten":
                    answer.BytesDone = json.Int64() ?? 0;
                    break;
                case "objectSize":
                    answer.Bytes = json.Int64() ?? 0;
                    break;
                case "resource":
                    answer.Resource = ObjectReader.Read(ref json);
                    break;
                default:
                    json.Skip();
                    break;
            }
        }

        return answer;
    }
}
