using System.Management.Automation;
using System.Threading.Tasks;
using GcpWorkloadAuth.Contracts;
using GcpWorkloadAuth.Hosting;

namespace GcpWorkloadAuth.Commands;

/// <summary>Says whether objects are there.</summary>
[Cmdlet(VerbsDiagnostic.Test, "GcsObject", DefaultParameterSetName = ByObject, HelpUri = HelpLinks.Base + "Test-GcsObject.md")]
[OutputType(typeof(bool))]
public sealed class TestGcsObjectCommand : GcsObjectCmdlet
{
    private const int GetsAtOnce = 16;

    private readonly InOrder _gets = new(GetsAtOnce);

    private protected override async Task ProcessAsync()
    {
        foreach (GcsObject named in NamedObjects())
        {
            GcsObject item = named;
            bool isPinned = item.IsNamedOnly || item.DeletionTime is not null || item.SoftDeletionTime is not null;
            ObjectAddress address = new(item.Bucket, item.Name, isPinned ? item.Generation : null)
            {
                IsSoftDeleted = item.SoftDeletionTime is not null,
            };
            await _gets.AddAsync(
                () => Engine.GetObjectAsync(Session, address, Call),
                call => ForItemAsync(item, async () => WriteObject(await IsThereAsync(call))));
        }
    }

    private protected override Task EndAsync() => _gets.FinishAsync();

    // Everything else that can go wrong says nothing about the object.
    private static async Task<bool> IsThereAsync(Task<GcsObject> call)
    {
        try
        {
            await call;
            return true;
        }
        catch (GcpException failure) when (failure.IsMissing)
        {
            return false;
        }
    }
}
