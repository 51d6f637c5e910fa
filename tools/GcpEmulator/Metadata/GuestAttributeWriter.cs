using System.Text;
using GcpEmulator.Http;

namespace GcpEmulator.Metadata;

/// <summary>PUT and DELETE of guest attributes, the one thing that can be written ("Manage guest attributes" documentation).</summary>
internal static class GuestAttributeWriter
{
    private const string Prefix = "/computeMetadata/v1/instance/guest-attributes/";

    public static bool IsFor(EmulatedRequest request) =>
        request.Method is "PUT" or "DELETE" && request.Path.StartsWith(Prefix, StringComparison.Ordinal);

    public static Reply Answer(EmulatedRequest request, MachineState machine)
    {
        string path = Uri.UnescapeDataString(request.Path[Prefix.Length..]);
        if (path.Split('/') is not [{ Length: > 0 }, { Length: > 0 }])
        {
            return MetadataReplies.NotFound(request.Path);
        }

        machine.SetGuestAttribute(path, request.Method == "PUT" ? Encoding.UTF8.GetString(request.Body.Span) : null);
        return Reply.Text(string.Empty, MetadataReplies.TextType);
    }
}
