using System;
using System.Management.Automation;
using System.Text;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Commands;

/// <summary>Reads what an instance wrote to a serial port, line by line, and follows it.</summary>
[Cmdlet(VerbsCommon.Get, "GceSerialPortOutput", HelpUri = HelpLinks.Base + "Get-GceSerialPortOutput.md")]
[OutputType(typeof(string))]
public sealed class GetGceSerialPortOutputCommand : GceInstanceCmdlet
{
    private static readonly TimeSpan s_shortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(5);

    /// <summary>The port, 1 to 4; without it, 1.</summary>
    [Parameter]
    [ValidateRange(1, 4)]
    public int Port { get; set; } = 1;

    /// <summary>The byte to begin with; a negative number counts from the end. Without it, the first that is kept.</summary>
    [Parameter]
    public long? Start { get; set; }

    /// <summary>Go on with what the instance writes, until Ctrl+C.</summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    private protected override async Task ProcessAsync()
    {
        foreach (GceInstance instance in await ResolveAsync())
        {
            await ForItemAsync(TargetOf(instance), () => ReadAsync(AddressOf(instance)));
        }
    }

    private async Task ReadAsync(InstanceAddress at)
    {
        StringBuilder rest = new();
        long? from = Start;
        TimeSpan pause = s_shortestPause;
        while (true)
        {
            SerialPortText text = await Engine.ReadSerialPortAsync(Session, at, Port, from, Call);
            if (from > 0 && text.Start > from && text.Contents.Length > 0)
            {
                Warn(nameof(Resources.Strings.WarnSerialOutputLost), at.Name, text.Start - from);
            }

            WriteLines(rest.Append(text.Contents));
            from = text.Next;

            // The server gives a megabyte at most: what it gives whole may not be all.
            if (text.Contents.Length > 0)
            {
                pause = s_shortestPause;
                if (!Follow)
                {
                    continue;
                }
            }
            else if (!Follow)
            {
                break;
            }

            await Task.Delay(pause, Call.Stopping);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 3 / 2, s_longestPause.Ticks));
        }

        if (rest.Length > 0)
        {
            WriteObject(rest.ToString());
        }
    }

    // A line that is not whole yet waits for the rest of it.
    private void WriteLines(StringBuilder text)
    {
        string[] lines = text.ToString().Split('\n');
        for (int i = 0; i < lines.Length - 1; i++)
        {
            WriteObject(lines[i].TrimEnd('\r'));
        }

        text.Clear().Append(lines[lines.Length - 1]);
    }
}
