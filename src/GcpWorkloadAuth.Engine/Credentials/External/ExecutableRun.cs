using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>
/// Runs the program of an executable source: no shell, few variables, nothing to read, at most 64 KiB of output, a time limit, and
/// nothing of it left behind. What it writes to its error stream is thrown away: it may hold a secret.
/// </summary>
internal sealed class ExecutableRun(ExecutableCommand command, IReadOnlyDictionary<string, string> variables, TimeSpan limit)
{
    // What a program needs to find its libraries, its settings and its proxy. The rest of the environment may hold secrets of others.
    private static readonly string[] s_passedOn =
    [
        "PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ", "TMPDIR", "TEMP", "TMP", "SystemRoot", "SystemDrive", "windir", "ProgramData",
        "ProgramFiles", "CommonProgramFiles", "USERPROFILE", "USERNAME", "USERDOMAIN", "COMPUTERNAME", "APPDATA", "LOCALAPPDATA", "PATHEXT",
        "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR", "DOTNET_ROOT",
    ];

    /// <summary>How long the end of the output is waited for when the program has ended: something it left may hold it open.</summary>
    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(1);

    /// <summary>What the program wrote.</summary>
    public async Task<ArraySegment<byte>> GetOutputAsync(EngineCall call)
    {
        string mark = Guid.NewGuid().ToString("N");
        using Process process = new() { StartInfo = Describe(mark), EnableRaisingEvents = true };
        using ProcessFence fence = new(mark);
        TaskCompletionSource<bool> exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited += (_, _) => exited.TrySetResult(true);
        Start(process, fence);
        try
        {
            return await WatchAsync(process, exited.Task, call).ConfigureAwait(false);
        }
        finally
        {
            // Whatever happened: neither the program nor what it started goes on.
            fence.EndAll(process);
        }
    }

    private async Task<ArraySegment<byte>> WatchAsync(Process process, Task exited, EngineCall call)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(call.Stopping);
        Task timer = Task.Delay(limit, over.Token);
        Task<ArraySegment<byte>?> output = ReadAsync(process.StandardOutput.BaseStream);
        Forget(DiscardAsync(process.StandardError.BaseStream));
        Forget(output);

        Task first = await Task.WhenAny(exited, output, timer).ConfigureAwait(false);
        if (first == output && await output.ConfigureAwait(false) is not null)
        {
            // The output has ended; the program may still have something to do.
            first = await Task.WhenAny(exited, timer).ConfigureAwait(false);
        }

        if (first == timer)
        {
            call.Stopping.ThrowIfCancellationRequested();
            throw Errors.ExecutableTimedOut(command.Program, limit.TotalSeconds);
        }

        if (first == exited)
        {
            await Task.WhenAny(output, Task.Delay(s_drain, call.Stopping)).ConfigureAwait(false);
            call.Stopping.ThrowIfCancellationRequested();
        }

        over.Cancel();
        ArraySegment<byte> written = !output.IsCompleted
            ? throw Errors.ExecutableAnswerInvalid(command.Program, "something it started still holds its output open.")
            : await output.ConfigureAwait(false)
                ?? throw Errors.ExecutableAnswerInvalid(command.Program, "it is larger than 64 KiB.");
        return process.ExitCode == 0 ? written : throw Errors.ExecutableFailed(command.Program, process.ExitCode, Reported(written));
    }

    // A program that fails may still say why, in the form of its answers.
    private static string Reported(ArraySegment<byte> written)
    {
        try
        {
            ExecutableAnswer.Parse(written)?.Read(string.Empty);
            return string.Empty;
        }
        catch (GcpException failure) when (failure.ErrorId == nameof(Resources.Strings.ExecutableRefused))
        {
            return " " + failure.Message;
        }
        catch (GcpException)
        {
            return string.Empty;
        }
    }

    private ProcessStartInfo Describe(string mark)
    {
        ProcessStartInfo info = new(command.Program)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(command.Program) ?? string.Empty,
        };
#if NET
        foreach (string argument in command.Arguments)
        {
            info.ArgumentList.Add(argument);
        }
#else
        info.Arguments = WindowsCommandLine.Of(command.Arguments);
#endif
        info.Environment.Clear();
        foreach (string name in s_passedOn)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                info.Environment[name] = value;
            }
        }

        foreach (KeyValuePair<string, string> variable in variables)
        {
            info.Environment[variable.Key] = variable.Value;
        }

        info.Environment[ProcessFence.MarkVariable] = mark;
        return info;
    }

    private void Start(Process process, ProcessFence fence)
    {
        try
        {
            // The one process that the module starts: what AIP-4117 asks for, allowed by a variable and by the user.
#pragma warning disable RS0030
            process.Start();
#pragma warning restore RS0030
            fence.Enclose(process);
            process.StandardInput.Close();
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            fence.EndAll(process);
            throw Errors.ExecutableNotStarted(command.Program, e.Message);
        }
    }

    // Null where it is more than may be.
    private static async Task<ArraySegment<byte>?> ReadAsync(Stream stream)
    {
        byte[] buffer = new byte[SubjectTokenSource.Largest + 1];
        int length = 0;
        int read;
        while (length < buffer.Length && (read = await ReadAsync(stream, buffer, length).ConfigureAwait(false)) > 0)
        {
            length += read;
        }

        return length > SubjectTokenSource.Largest ? (ArraySegment<byte>?)null : new ArraySegment<byte>(buffer, 0, length);
    }

    private static async Task DiscardAsync(Stream stream)
    {
        byte[] buffer = new byte[4096];
        while (await ReadAsync(stream, buffer, 0).ConfigureAwait(false) > 0)
        {
        }
    }

#if NET
    private static async Task<int> ReadAsync(Stream stream, byte[] buffer, int start) =>
        await stream.ReadAsync(buffer.AsMemory(start)).ConfigureAwait(false);
#else
    private static Task<int> ReadAsync(Stream stream, byte[] buffer, int start) => stream.ReadAsync(buffer, start, buffer.Length - start);
#endif

    // The streams break when the process is ended; that is nobody's failure.
    private static void Forget(Task task) => task.ContinueWith(
        static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
