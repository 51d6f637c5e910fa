using System;
using System.Text;
using GcpWorkloadAuth.Engine.Json;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Rest;

/// <summary>A request's body as bytes.</summary>
internal static class RestBody
{
    public const string Json = "application/json; charset=utf-8";

    private const string Binary = "application/octet-stream";

    /// <summary>The bytes; null where there is no body.</summary>
    public static byte[]? BytesOf(object? body)
    {
        try
        {
            return body switch
            {
                null => null,
                string text => Encoding.UTF8.GetBytes(text),
                byte[] bytes => bytes,
                _ => JsonBody.Write(body),
            };
        }
        catch (ArgumentException e)
        {
            throw Errors.RestBodyNotJson(e.Message);
        }
    }

    /// <summary>The media type where the user names none.</summary>
    public static string TypeOf(object? body) => (body is byte[]) ? Binary : Json;
}
