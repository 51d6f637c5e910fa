using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace GcpWorkloadAuth.Benchmarks;

/// <summary>What must be measured in a fresh process.</summary>
internal static class Child
{
    public static int Run(string[] arguments)
    {
        switch (arguments[0])
        {
            case "script":
                using (Host host = new())
                {
                    foreach (PSObject item in host.Run(arguments[1]))
                    {
                        Console.WriteLine(item);
                    }
                }

                break;
            case "peak":
                Peak();
                break;
            case "memory":
                using (Host host = new(Places.Manifest))
                {
                    host.Run(arguments[1]);
                }

                using (Process self = Process.GetCurrentProcess())
                {
                    Console.WriteLine(self.PeakWorkingSet64.ToString(CultureInfo.InvariantCulture));
                }

                break;
            default:
                return 2;
        }

        return 0;
    }

    // Peak memory of a list that nobody keeps.
    private static void Peak()
    {
        using Host host = new(Places.Manifest);
        long count = 0;
        foreach (PSObject item in host.Run("$n = 0; Get-GceInstance | ForEach-Object { $n++ }; $n"))
        {
            count = Convert.ToInt64(item.BaseObject, CultureInfo.InvariantCulture);
        }

        using Process self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} {self.PeakWorkingSet64}"));
    }
}
