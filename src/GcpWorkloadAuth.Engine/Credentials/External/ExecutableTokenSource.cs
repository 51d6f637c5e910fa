using System;
using System.Collections.Generic;
using System.IO;
using System.Security;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Engine.Settings;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Engine.Credentials.External;

/// <summary>
/// A program that knows the subject token. A credential file that names one runs code, so it is off: the variable
/// GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES must be 1, and the user must say -AllowExecutable or, in the default search, the
/// credential file and the program must be theirs or an administrator's.
/// </summary>
internal sealed class ExecutableTokenSource : SubjectTokenSource
{
    private const string AllowVariable = "GOOGLE_EXTERNAL_ACCOUNT_ALLOW_EXECUTABLES";
    private const int ShortestLimit = 5_000;
    private const int LongestLimit = 120_000;
    private const int DefaultLimit = 30_000;

    private readonly CredentialFile _file;
    private readonly ExecutableCommand _command;
    private readonly ExecutableRun _run;
    private readonly string? _outputFile;
    private readonly bool _mustBeOwned;

    public ExecutableTokenSource(CredentialFile file, ExternalAccountSettings settings, SessionRecord session, EnvironmentSnapshot environment)
    {
        _file = file;
        bool isSearched = session.Kind == CredentialKind.ApplicationDefault;
        if (environment[AllowVariable] != "1" || !(session.AllowExecutable || isSearched))
        {
            throw Errors.ExecutableNotAllowed(file.Source);
        }

        FileFields executable = settings.Source.Object("executable")!;
        _command = ExecutableCommand.From(executable);
        _outputFile = executable.Text("output_file");
        _mustBeOwned = !session.AllowExecutable;
        long limit = executable.Integer("timeout_millis") ?? DefaultLimit;
        if (limit is < ShortestLimit or > LongestLimit)
        {
            throw executable.Invalid("timeout_millis", "it must be from 5000 to 120000");
        }

        Dictionary<string, string> variables = new()
        {
            ["GOOGLE_EXTERNAL_ACCOUNT_AUDIENCE"] = settings.Audience,
            ["GOOGLE_EXTERNAL_ACCOUNT_TOKEN_TYPE"] = settings.SubjectTokenType,
            ["GOOGLE_EXTERNAL_ACCOUNT_INTERACTIVE"] = "0",
            ["GOOGLE_EXTERNAL_ACCOUNT_REVOKE"] = "0",
            [AllowVariable] = "1",
        };
        if (settings.Account is { } account)
        {
            variables["GOOGLE_EXTERNAL_ACCOUNT_IMPERSONATED_EMAIL"] = account;
            variables["GOOGLE_EXTERNAL_ACCOUNT_ID"] = account;
        }

        if (_outputFile is not null)
        {
            variables["GOOGLE_EXTERNAL_ACCOUNT_OUTPUT_FILE"] = _outputFile;
        }

        _run = new ExecutableRun(_command, variables, TimeSpan.FromMilliseconds(limit));
    }

    public override async Task<SubjectToken> GetAsync(EngineCall call)
    {
        DemandOwners();
        if (ReadOutputFile() is { IsKept: true } kept && TryRead(kept) is { } token)
        {
            return token;
        }

        ArraySegment<byte> output = await _run.GetOutputAsync(call).ConfigureAwait(false);
        ExecutableAnswer answer = (output.Count == 0 ? ReadOutputFile() : ExecutableAnswer.Parse(output))
            ?? throw Errors.ExecutableAnswerInvalid(_command.Program, "it is not a JSON object.");
        return answer.Read(_command.Program);
    }

    private void DemandOwners()
    {
        if (!File.Exists(_command.Program))
        {
            throw Errors.ExecutableNotStarted(_command.Program, "it does not exist.");
        }

        if (!_mustBeOwned)
        {
            return;
        }

        foreach (string? path in new[] { _file.Path, _command.Program })
        {
            if (path is null || !FileTrust.IsTrusted(path))
            {
                throw Errors.ExecutableFileNotTrusted(path ?? _file.Source);
            }
        }
    }

    // A token that somebody else could have put there would be taken for this workload's own.
    private ExecutableAnswer? ReadOutputFile()
    {
        if (_outputFile is null || !File.Exists(_outputFile))
        {
            return null;
        }

        if (!FileTrust.IsTrusted(_outputFile))
        {
            throw Errors.ExecutableFileNotTrusted(_outputFile);
        }

        try
        {
            return ExecutableAnswer.Parse(SmallFile.Read(_outputFile, Largest));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException or ArgumentException
            or NotSupportedException)
        {
            return null;
        }
    }

    // What is wrong in an old answer the program may put right.
    private SubjectToken? TryRead(ExecutableAnswer kept)
    {
        try
        {
            return kept.Read(_command.Program);
        }
        catch (GcpException)
        {
            return null;
        }
    }
}
