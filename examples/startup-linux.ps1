#!/usr/bin/env pwsh

<#
.SYNOPSIS
    A startup script for Linux VMs whose image has PowerShell: installs the module, waits for the metadata server, does
    its work, ends with an exit code.
.DESCRIPTION
    For the metadata key startup-script. It runs as root, at every boot, perhaps before the network is up. The first line
    makes pwsh run it.

    What the script writes goes to the journal (unit google-startup-scripts) and to serial port 1, where everybody who
    may see the VM can read it: no secret is written.
.PARAMETER AttributeName
    The custom metadata attribute that tells the VM what to be.
.PARAMETER WaitSec
    How long to wait for the Gallery, and then for the metadata server, in seconds.
.EXAMPLE
    gcloud compute instances create web-1 --metadata=role=web \
        --metadata-from-file=startup-script=examples/startup-linux.ps1
#>
[CmdletBinding()]
param(
    [string]$AttributeName = 'role',

    [ValidateRange(1, 3600)]
    [int]$WaitSec = 300
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

function Write-BootLog {
    param([string]$Message)

    Write-Information -MessageData ('{0:u} {1}' -f [DateTime]::UtcNow, $Message) -InformationAction Continue
}

function Install-FromGallery {
    param([int]$TimeoutSec)

    # A startup script may run without a home folder, and the installer wants one.
    if (-not $env:HOME) {
        $env:HOME = '/root'
    }

    $until = [DateTime]::UtcNow.AddSeconds($TimeoutSec)
    while ($true) {
        try {
            Install-PSResource -Name GcpWorkloadAuth -Scope AllUsers -TrustRepository -Quiet
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
        Install-FromGallery -TimeoutSec $WaitSec
    }

    Import-Module -Name GcpWorkloadAuth

    # The VM's own service account. Returns as soon as the metadata server answers.
    $context = Connect-GcpAccount -MetadataServer -TimeoutSec $WaitSec
    Write-BootLog "Signed in as $($context.Account) in project $($context.Project), zone $($context.Zone)."

    # The work begins here. An attribute that nobody set is no failure.
    $role = (Get-GceMetadata -Path "instance/attributes/$AttributeName" -ErrorAction SilentlyContinue) ?? 'none'
    Write-BootLog "The role of this VM is '$role'."
    foreach ($bucket in Get-GcsBucket) {
        Write-BootLog "Bucket $($bucket.Name) in $($bucket.Location)"
    }

    Write-BootLog 'Done.'
    exit 0
}
catch {
    Write-BootLog "FAILED: $($_.FullyQualifiedErrorId): $($_.Exception.Message)"
    if ($_.ErrorDetails?.RecommendedAction) {
        Write-BootLog "What to do: $($_.ErrorDetails.RecommendedAction)"
    }

    exit 1
}
