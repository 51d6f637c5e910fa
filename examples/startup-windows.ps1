<#
.SYNOPSIS
    A startup script for Windows VMs: installs the module, waits for the metadata server, does its work, ends with an
    exit code.
.DESCRIPTION
    For the metadata key windows-startup-script-ps1. It runs as LocalSystem, at every boot, in Windows PowerShell 5.1,
    with nobody to answer a prompt and perhaps before the network is up.

    The module is taken from a zip file where the image has one (for VMs without internet), else from the PowerShell
    Gallery. What the script writes goes to the log of the guest agent and to serial port 1, where everybody who may see
    the VM can read it: no secret is written.
.PARAMETER ModuleZip
    The module's zip file, where the image has one.
.PARAMETER AttributeName
    The custom metadata attribute that tells the VM what to be.
.PARAMETER WaitSec
    How long to wait for the Gallery, and then for the metadata server, in seconds.
.EXAMPLE
    gcloud compute instances create web-1 --image-family=windows-2022 --image-project=windows-cloud `
        --metadata=role=web --metadata-from-file=windows-startup-script-ps1=examples/startup-windows.ps1
#>
[CmdletBinding()]
param(
    [string]$ModuleZip = (Join-Path -Path $env:ProgramData -ChildPath 'GcpWorkloadAuth\GcpWorkloadAuth.zip'),

    [string]$AttributeName = 'role',

    [ValidateRange(1, 3600)]
    [int]$WaitSec = 300
)

$ErrorActionPreference = 'Stop'

# A progress bar slows downloads down and fills the log.
$ProgressPreference = 'SilentlyContinue'

function Write-BootLog {
    param([string]$Message)

    Write-Information -MessageData ('{0:u} {1}' -f [DateTime]::UtcNow, $Message) -InformationAction Continue
}

function Enable-Tls12 {
    # 0 means that Windows chooses, TLS 1.3 included. Adding to it would take that away; any other value lacks TLS 1.2 on
    # older systems, and the Gallery accepts nothing less.
    $protocol = [Net.ServicePointManager]::SecurityProtocol
    if ($protocol -ne 0) {
        [Net.ServicePointManager]::SecurityProtocol = $protocol -bor [Net.SecurityProtocolType]::Tls12
    }
}

function Install-FromZip {
    param([string]$Path)

    # The zip holds GcpWorkloadAuth\<version>\..., as a module folder does.
    $modules = Join-Path -Path $env:ProgramFiles -ChildPath 'WindowsPowerShell\Modules'
    Expand-Archive -LiteralPath $Path -DestinationPath $modules -Force
    Write-BootLog "Installed the module from $Path."
}

function Install-FromGallery {
    param([int]$TimeoutSec)

    Enable-Tls12
    $until = [DateTime]::UtcNow.AddSeconds($TimeoutSec)
    while ($true) {
        try {
            # Without this provider Install-Module asks a question, and there is nobody to answer it.
            $providers = Get-PackageProvider -ListAvailable -ErrorAction SilentlyContinue
            if (-not ($providers | Where-Object { $_.Name -eq 'NuGet' -and $_.Version -ge [version]'2.8.5.201' })) {
                $null = Install-PackageProvider -Name NuGet -MinimumVersion 2.8.5.201 -Scope AllUsers -Force
            }

            # -AllowClobber: the old GoogleCloud module has cmdlets of the same names.
            Install-Module -Name GcpWorkloadAuth -Scope AllUsers -AllowClobber -Force
            Write-BootLog 'Installed the module from the PowerShell Gallery.'
            return
        }
        catch {
            if ([DateTime]::UtcNow -ge $until) {
                throw
            }

            Write-BootLog "The Gallery cannot be reached yet: $($_.Exception.Message)"
            Start-Sleep -Seconds 10
        }
    }
}

try {
    if (-not (Get-Module -Name GcpWorkloadAuth -ListAvailable)) {
        if (Test-Path -LiteralPath $ModuleZip) {
            Install-FromZip -Path $ModuleZip
        }
        else {
            Install-FromGallery -TimeoutSec $WaitSec
        }
    }

    # By name, so that this module's cmdlets come before those of the same name in the old one.
    Import-Module -Name GcpWorkloadAuth

    # The VM's own service account. Returns as soon as the metadata server answers.
    $context = Connect-GcpAccount -MetadataServer -TimeoutSec $WaitSec
    Write-BootLog "Signed in as $($context.Account) in project $($context.Project), zone $($context.Zone)."

    # The work begins here. An attribute that nobody set is no failure.
    $role = Get-GceMetadata -Path "instance/attributes/$AttributeName" -ErrorAction SilentlyContinue
    if (-not $role) {
        $role = 'none'
    }

    Write-BootLog "The role of this VM is '$role'."
    foreach ($bucket in Get-GcsBucket) {
        Write-BootLog "Bucket $($bucket.Name) in $($bucket.Location)"
    }

    Write-BootLog 'Done.'
    exit 0
}
catch {
    Write-BootLog "FAILED: $($_.FullyQualifiedErrorId): $($_.Exception.Message)"
    if ($_.ErrorDetails -and $_.ErrorDetails.RecommendedAction) {
        Write-BootLog "What to do: $($_.ErrorDetails.RecommendedAction)"
    }

    exit 1
}
