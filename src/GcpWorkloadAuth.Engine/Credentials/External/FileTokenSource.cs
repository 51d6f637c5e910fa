using System;
using System.IO;
using System.Security;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>A file that something else keeps up to date (a projected Kubernetes token, say).</summary>
internal sealed class FileTokenSource(string path, TokenFormat format) : SubjectTokenSource
{
    // On a thread of its own: a share that is away, or a pipe that nobody writes to, can hold the read.
    public override Task<SubjectToken> GetAsync(EngineCall call) => Worker.JoinAsync(Worker.RunAsync(Read), call.Stopping);

    private SubjectToken Read()
    {
        try
        {
            return format.Read(SmallFile.Read(path, Largest), "'" + path + "'");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Errors.SubjectTokenFileNotFound(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or ArgumentException
            or NotSupportedException)
        {
            throw Errors.SubjectTokenUnreadable("'" + path + "'", e.Message);
        }
    }
}
