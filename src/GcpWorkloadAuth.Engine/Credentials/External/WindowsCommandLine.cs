#if !NET
using System.Collections.Generic;
using System.Text;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>
/// Arguments as one command line that the C runtime takes apart into the same again (Microsoft Learn, "Parsing C command-line
/// arguments"). Modern .NET does this itself.
/// </summary>
internal static class WindowsCommandLine
{
    public static string Of(IReadOnlyList<string> arguments)
    {
        StringBuilder line = new();
        foreach (string argument in arguments)
        {
            line.Append(line.Length > 0 ? " \"" : "\"");
            int backslashes = 0;
            foreach (char c in argument)
            {
                // Backslashes count only before a quote: there each is written twice.
                line.Append('\\', c == '"' ? backslashes + 1 : 0).Append(c);
                backslashes = c == '\\' ? backslashes + 1 : 0;
            }

            line.Append('\\', backslashes).Append('"');
        }

        return line.ToString();
    }
}
#endif
