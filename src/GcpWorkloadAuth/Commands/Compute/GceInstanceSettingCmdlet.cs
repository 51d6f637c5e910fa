using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;

namespace GcpWorkloadAuth.Commands;

/// <summary>
/// What cmdlets have in common that set a part of an instance guarded by a fingerprint. Each change is made of the instance as it is
/// now; where somebody else's comes between, it is read again and a new change is made of that.
/// </summary>
public abstract class GceInstanceSettingCmdlet : GceInstanceChangeCmdlet
{
    /// <summary>The change that makes the instance what is asked for; null where it is that already.</summary>
    private protected abstract InstanceChange? MakeChange(GceInstance now);

    private protected override async Task<GceOperation?> StartAsync(GceInstance target) =>
        MakeChange(await ReadAsync(target)) is { } change ? await SendAsync(change) : null;

    private protected override bool IsReached(GceInstance? now) => now is not null && MakeChange(now) is null;

    private protected override Task ChangeAsync(GceInstance target) => AgainOnConflictAsync(async () =>
    {
        if (await StartAsync(target) is { } operation)
        {
            if (NoWait)
            {
                WriteObject(operation);
                return;
            }

            await WaitForAsync(target, operation, IsReached);
        }

        await EmitAsync(target);
    });
}
