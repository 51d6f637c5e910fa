using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Gcloud;

/// <summary>
/// Runs gcloud, which happens only for who asked for it (Connect-GcpAccount -FromGcloud): by absolute path, with fixed arguments,
/// no input, a limit on what it writes, and a time-out that ends it and what it started.
/// </summary>
/// <param name="path">gcloud itself; gcloud.cmd on Windows.</param>
/// <param name="timeout">How long it may take.</param>
internal sealed class GcloudCommand(string path, TimeSpan timeout)
{
    private const int LargestOutput = 256 * 1024;

    /// <summary>A token that lives five minutes at least, with its end and gcloud's own settings, as JSON.</summary>
    private const string Arguments = "config config-helper --format=json --min-expiry=300s";

    public string Path { get; } = path;

    /// <summary>gcloud where PATH has it. Only absolute entries count: a relative one would mean the current directory.</summary>
    public static GcloudCommand Find(string? searchPath, TimeSpan timeout)
    {
        bool isWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
        string name = isWindows ? "gcloud.cmd" : "gcloud";
        foreach (string raw in (searchPath ?? string.Empty).Split(System.IO.Path.PathSeparator))
        {
            string entry = raw.Trim().Trim('"');
            if (!IsAbsolute(entry, isWindows))
            {
                continue;
            }

            string path = System.IO.Path.Combine(entry, name);
            if (File.Exists(path))
            {
                return new GcloudCommand(path, timeout);
            }
        }

        throw Errors.GcloudNotFound(name);
    }

    /// <summary>What gcloud wrote. Holds a token. Blocks its thread: called from a worker.</summary>
    public byte[] Run(CancellationToken stopping)
    {
        using Process process = Start();
        try
        {
            Task<byte[]> output = Worker.RunAsync(() => ReadAll(process.StandardOutput.BaseStream));
            Task<byte[]> errors = Worker.RunAsync(() => ReadAll(process.StandardError.BaseStream));
            if (!Task.WaitAll([output, errors], (int)timeout.TotalMilliseconds, stopping) || !process.WaitForExit(5000))
            {
                throw Errors.GcloudTimedOut(timeout.TotalSeconds);
            }

            return process.ExitCode == 0 ? output.Result : throw Errors.GcloudFailed(process.ExitCode, Reason(errors.Result));
        }
        catch (AggregateException broken) when (broken.InnerException is IOException or ObjectDisposedException)
        {
            throw Errors.GcloudFailed(-1, broken.InnerException.Message);
        }
        finally
        {
            End(process);
        }
    }

    private Process Start()
    {
        ProcessStartInfo start = new()
        {
            FileName = Path,
            Arguments = Arguments,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // A batch file looks for what it calls in the current directory first: let that be its own.
            WorkingDirectory = System.IO.Path.GetDirectoryName(Path)!,
        };
        start.EnvironmentVariables["CLOUDSDK_CORE_DISABLE_PROMPTS"] = "1";
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            start.FileName = System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.System), "cmd.exe");
            start.Arguments = "/d /s /c \"\"" + Path + "\" " + Arguments + "\"";
        }

        try
        {
#pragma warning disable RS0030 // The one process the module starts, and only where -FromGcloud asked for it by name.
            Process process = Process.Start(start)!;
#pragma warning restore RS0030
            process.StandardInput.Close();
            return process;
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            throw Errors.GcloudFailed(-1, e.Message);
        }
    }

    private static byte[] ReadAll(Stream stream)
    {
        using MemoryStream text = new();
        byte[] buffer = new byte[8192];
        int read;
        while ((read = stream.Read(buffer, 0, buffer.Length)) > 0)
        {
            // What is beyond the limit is read and dropped, so that the process is not held up by it.
            if (text.Length + read <= LargestOutput)
            {
                text.Write(buffer, 0, read);
            }
        }

        return text.ToArray();
    }

    // gcloud's own "ERROR: ..." line. Nothing else it writes is shown: the output may hold a token.
    private static string Reason(byte[] errors)
    {
        foreach (string line in Encoding.UTF8.GetString(errors).Split('\n'))
        {
            string text = line.Trim();
            if (text.StartsWith("ERROR:", StringComparison.Ordinal))
            {
                text = text.Substring("ERROR:".Length).Trim();
                return text.Length > 300 ? text.Substring(0, 300) : text;
            }
        }

        return "no reason given";
    }

    private static void End(Process process)
    {
        try
        {
            if (process.HasExited)
            {
                return;
            }

#if NET
            process.Kill(entireProcessTree: true);
#else
            KillTree(process);
#endif
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended meanwhile.
        }
    }

#if !NET
    // .NET Framework ends only the process itself; what gcloud.cmd started would live on.
    private static void KillTree(Process process)
    {
        ProcessStartInfo kill = new()
        {
            FileName = System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.System), "taskkill.exe"),
            Arguments = "/t /f /pid " + process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            UseShellExecute = false,
            CreateNoWindow = true,
        };
#pragma warning disable RS0030 // Ends what the start above began.
        using Process? killer = Process.Start(kill);
#pragma warning restore RS0030
        killer?.WaitForExit(5000);
        if (!process.HasExited)
        {
            process.Kill();
        }
    }
#endif

    // Neither "%", which cmd.exe would expand even between quotes, nor a quote.
    private static bool IsAbsolute(string entry, bool isWindows) => isWindows
        ? (entry.Length >= 3 && entry[1] == ':' && entry[2] is '\\' or '/' || entry.StartsWith("\\\\", StringComparison.Ordinal))
            && entry.IndexOfAny(['%', '"']) < 0
        : entry.StartsWith("/", StringComparison.Ordinal);
}
