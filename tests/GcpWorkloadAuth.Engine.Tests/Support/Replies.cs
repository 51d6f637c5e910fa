using System.Text;
using GcpWorkloadAuth.Engine.Http;

namespace GcpWorkloadAuth.Engine.Tests.Support;

/// <summary>Answers that no server gave.</summary>
internal static class Replies
{
    public static HttpReply Of(int status, string body, string? contentType = "application/json; charset=UTF-8", params (string Name, string Value)[] headers)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(body);
        byte[] buffer = Buffers.Rent(Math.Max(1, utf8.Length));
        utf8.CopyTo(buffer, 0);
        Dictionary<string, string> map = headers.ToDictionary(h => h.Name, h => h.Value, StringComparer.OrdinalIgnoreCase);
        if (contentType is not null)
        {
            map["Content-Type"] = contentType;
        }

        return new HttpReply(status, name => map.GetValueOrDefault(name), buffer, utf8.Length);
    }
}
