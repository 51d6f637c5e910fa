@{
    RootModule             = 'bin/GcpWorkloadAuth.dll'
    ModuleVersion          = '0.1.0'
    GUID                   = '6d0f6c59-8d6e-4a55-9d0e-5b7f2d1f7c31'
    Author                 = 'GcpWorkloadAuth contributors'
    CompanyName            = 'GcpWorkloadAuth contributors'
    Copyright              = '(c) GcpWorkloadAuth contributors. Apache-2.0.'
    Description            = 'Google Cloud from PowerShell with nothing to set up. On a Compute Engine VM the cmdlets use the service account of the VM: its token is fetched from the metadata server, kept for the session, renewed in time and shared by every cmdlet. Elsewhere they find Application Default Credentials. Lists Cloud Storage buckets and Compute Engine instances as typed objects, reads VM metadata, and hands tokens to Invoke-RestMethod. Needs neither gcloud nor any other program.'
    PowerShellVersion      = '5.1'
    CompatiblePSEditions   = @('Desktop', 'Core')
    DotNetFrameworkVersion = '4.7.2'
    FormatsToProcess       = @('bin/GcpWorkloadAuth.Format.ps1xml')
    TypesToProcess         = @('bin/GcpWorkloadAuth.Types.ps1xml')
    FunctionsToExport      = @()
    VariablesToExport      = @()
    CmdletsToExport        = @(
        'Connect-GcpAccount'
        'Copy-GcsObject'
        'Disconnect-GcpAccount'
        'Get-GceAccessToken'
        'Get-GceIdentityToken'
        'Get-GceInstance'
        'Get-GceMetadata'
        'Get-GceServiceAccount'
        'Get-GcpContext'
        'Get-GcpProject'
        'Get-GcsBucket'
        'Get-GcsObject'
        'Get-GcsTransferJob'
        'Invoke-GcpRestMethod'
        'Join-GcsObject'
        'Move-GcsObject'
        'New-GcpDownscopedToken'
        'New-GcsPostPolicy'
        'New-GcsSignedUrl'
        'Remove-GcsObject'
        'Restore-GcsObject'
        'Select-GcpContext'
        'Set-GceGuestAttribute'
        'Set-GcpContext'
        'Set-GcsObject'
        'Start-GcsTransferJob'
        'Test-GcpAuthentication'
        'Test-GcsObject'
        'Wait-GcsTransferJob'
    )
    AliasesToExport        = @('Get-GcpAccessToken', 'Get-GcpIdentityToken')
    PrivateData            = @{
        PSData = @{
            Tags         = @('GoogleCloud', 'GCP', 'GCE', 'GCS', 'ComputeEngine', 'CloudStorage', 'ServiceAccount', 'MetadataServer', 'Authentication', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://www.apache.org/licenses/LICENSE-2.0'
            ProjectUri   = 'https://github.com/gcpworkloadauth/GcpWorkloadAuth'
            ReleaseNotes = 'See CHANGELOG.md in the module folder.'
            # Prerelease = 'preview1'
        }
    }
}
