using System.Globalization;
using System.Management.Automation.Host;

namespace Playground;

/// <summary>The least of a PowerShell host: this console.</summary>
internal sealed class ConsoleHost : PSHost
{
    private readonly ConsoleUI _ui = new();

    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "Playground";

    public override PSHostUserInterface UI => _ui;

    public override Version Version { get; } = typeof(ConsoleHost).Assembly.GetName().Version!;

    public bool HasExited { get; private set; }

    public int ExitCode { get; private set; }

    public override void SetShouldExit(int exitCode)
    {
        HasExited = true;
        ExitCode = exitCode;
    }

    public override void EnterNestedPrompt() => throw new NotSupportedException("The Playground has no nested prompt.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("The Playground has no nested prompt.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
