using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Text;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>
/// Keeps a program and all that it starts together, so that nothing of it goes on when it is over. On Windows a job object. On Linux
/// the mark: a variable that children inherit, and that stands in /proc. Elsewhere the tree below the program, while it runs.
/// </summary>
internal sealed class ProcessFence : IDisposable
{
    /// <summary>The variable that marks the program and its children.</summary>
    public const string MarkVariable = "GCPWORKLOADAUTH_RUN";

    private readonly string _mark;
    private WindowsJob? _job;

    public ProcessFence(string mark) => _mark = mark;

    /// <summary>Takes in a program that has just been started.</summary>
    public void Enclose(Process process)
    {
        if (Path.DirectorySeparatorChar == '\\')
        {
            _job = WindowsJob.Of(process);
        }
    }

    /// <summary>Ends the program and everything it started.</summary>
    public void EndAll(Process process)
    {
        _job?.Dispose();
        EndTree(process);
        EndMarked();
    }

    public void Dispose() => _job?.Dispose();

    private static void EndTree(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
#if NET
                process.Kill(entireProcessTree: true);
#else
                process.Kill();
#endif
            }
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or NotSupportedException or AggregateException)
        {
            // It has ended by itself, or was never started.
        }
    }

    // A child may start another while it is looked for: until none is found, but not for ever.
    private void EndMarked()
    {
        if (!File.Exists("/proc/self/environ"))
        {
            return;
        }

        for (int round = 0; round < 5 && EndMarkedOnce(); round++)
        {
        }
    }

    private bool EndMarkedOnce()
    {
        bool found = false;
        byte[] mark = Encoding.ASCII.GetBytes(MarkVariable + "=" + _mark + "\0");
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out int id) && IsMarked(folder, mark))
            {
                found |= End(id);
            }
        }

        return found;
    }

    private static bool IsMarked(string folder, byte[] mark)
    {
        try
        {
            return IndexOf(File.ReadAllBytes(Path.Combine(folder, "environ")), mark) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has gone, or is another's: ours are readable.
            return false;
        }
    }

    private static bool End(int id)
    {
        try
        {
            using Process child = Process.GetProcessById(id);
            child.Kill();
            return true;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }

    private static int IndexOf(byte[] text, byte[] part)
    {
        for (int i = 0; i + part.Length <= text.Length; i++)
        {
            int same = 0;
            while (same < part.Length && text[i + same] == part[same])
            {
                same++;
            }

            if (same == part.Length)
            {
                return i;
            }
        }

        return -1;
    }
}
