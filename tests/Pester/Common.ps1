<#
.SYNOPSIS
    What every test file needs: the emulated cloud, the module, fresh processes. Dot-source it in BeforeAll.
.DESCRIPTION
    Environment variables that name what to test, for a run of the packaged module:

    GCPWORKLOADAUTH_MODULE        the module: a manifest, a folder, or a name that is found by $env:PSModulePath;
                                  without it, what the build staged
    GCPWORKLOADAUTH_EMULATOR      the API address of an emulator that runs already (http://127.0.0.1:PORT/), started with
                                  --buckets 1100 --instances 1100
    GCPWORKLOADAUTH_EMULATOR_DLL  the emulator's dll; without either, what the build made

    Runs in Windows PowerShell 5.1 and in PowerShell 7.
#>

$script:RepositoryRoot = Split-Path -Path (Split-Path -Path $PSScriptRoot -Parent) -Parent

# All that the module heeds; whatever the machine has of it is put aside for the test.
$script:HeededVariables = @(
    'GOOGLE_APPLICATION_CREDENTIALS', 'CLOUDSDK_CONFIG', 'CLOUDSDK_ACTIVE_CONFIG_NAME', 'GOOGLE_CLOUD_PROJECT',
    'GCLOUD_PROJECT', 'CLOUDSDK_CORE_PROJECT', 'CLOUDSDK_COMPUTE_ZONE', 'CLOUDSDK_COMPUTE_REGION',
    'GOOGLE_CLOUD_QUOTA_PROJECT', 'GOOGLE_CLOUD_UNIVERSE_DOMAIN', 'GCE_METADATA_HOST', 'GCE_METADATA_IP',
    'GCE_METADATA_ROOT', 'GCE_METADATA_TIMEOUT', 'NO_GCE_CHECK', 'STORAGE_EMULATOR_HOST',
    'CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE', 'CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE', 'CLOUDSDK_AUTH_TOKEN_HOST',
    'CLOUDSDK_API_ENDPOINT_OVERRIDES_IAMCREDENTIALS', 'CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGETRANSFER',
    'CLOUDSDK_AUTH_IMPERSONATE_SERVICE_ACCOUNT', 'CLOUDSDK_AUTH_ACCESS_TOKEN_FILE'
)

function Get-ModuleUnderTest {
    if ($env:GCPWORKLOADAUTH_MODULE) {
        return $env:GCPWORKLOADAUTH_MODULE
    }

    $manifest = Join-Path -Path $script:RepositoryRoot -ChildPath 'GcpWorkloadAuth.psd1'
    $version = (Import-PowerShellDataFile -Path $manifest).ModuleVersion
    $staged = Join-Path -Path $script:RepositoryRoot -ChildPath "output/GcpWorkloadAuth/$version/GcpWorkloadAuth.psd1"
    if (-not (Test-Path -LiteralPath $staged)) {
        throw "There is no staged module '$staged'. Run: dotnet build"
    }

    return $staged
}

function Get-EmulatorDll {
    if ($env:GCPWORKLOADAUTH_EMULATOR_DLL) {
        return $env:GCPWORKLOADAUTH_EMULATOR_DLL
    }

    $built = Join-Path -Path $script:RepositoryRoot -ChildPath 'artifacts/bin/GcpEmulator'
    $dll = Get-ChildItem -Path $built -Filter 'GcpEmulator.dll' -Recurse -ErrorAction SilentlyContinue |
        Sort-Object -Property LastWriteTime -Descending |
        Select-Object -First 1
    if (-not $dll) {
        throw "There is no GcpEmulator.dll below '$built'. Run: dotnet build tools/GcpEmulator"
    }

    return $dll.FullName
}

# Starts an emulator and returns its process and the API's address.
function Open-Emulator {
    $start = New-Object -TypeName System.Diagnostics.ProcessStartInfo
    $start.FileName = 'dotnet'
    $start.Arguments = '"{0}" --buckets 1100 --instances 1100 --print-env json' -f (Get-EmulatorDll)
    $start.UseShellExecute = $false
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $process = [System.Diagnostics.Process]::Start($start)
    $line = $process.StandardOutput.ReadLine()
    if (-not $line) {
        throw 'The emulator did not start: ' + $process.StandardError.ReadToEnd()
    }

    $storage = ($line | ConvertFrom-Json).CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE
    return @{ Process = $process; Address = [uri]([uri]$storage).GetLeftPart('Authority') }
}

# The emulated cloud of a test file: the one that runs already, or one of its own.
function Connect-TestCloud {
    $cloud = @{ Process = $null; Before = @{} }
    if ($env:GCPWORKLOADAUTH_EMULATOR) {
        $cloud.Address = [uri]$env:GCPWORKLOADAUTH_EMULATOR
    }
    else {
        $own = Open-Emulator
        $cloud.Process = $own.Process
        $cloud.Address = $own.Address
    }

    foreach ($name in $script:HeededVariables) {
        $cloud.Before[$name] = [Environment]::GetEnvironmentVariable($name)
        [Environment]::SetEnvironmentVariable($name, $null)
    }

    $cloud.Folder = Join-Path -Path ([System.IO.Path]::GetTempPath()) -ChildPath ([guid]::NewGuid().ToString('N'))
    $null = New-Item -Path $cloud.Folder -ItemType Directory
    $script:Cloud = $cloud
    foreach ($variable in (Invoke-Cloud -Path 'environment').PSObject.Properties) {
        [Environment]::SetEnvironmentVariable($variable.Name, $variable.Value)
    }

    # An empty folder in place of gcloud's, and patience: the emulator shares the processors with the tests.
    $env:CLOUDSDK_CONFIG = $cloud.Folder
    $env:GCE_METADATA_TIMEOUT = '10'
    Import-Module -Name (Get-ModuleUnderTest) -Global -ErrorAction Stop
}

function Disconnect-TestCloud {
    Disconnect-GcpAccount -All
    foreach ($name in $script:HeededVariables) {
        [Environment]::SetEnvironmentVariable($name, $script:Cloud.Before[$name])
    }

    Remove-Item -LiteralPath $script:Cloud.Folder -Recurse -Force -ErrorAction SilentlyContinue
    if ($script:Cloud.Process) {
        $script:Cloud.Process.Kill()
        $script:Cloud.Process.WaitForExit()
    }
}

# Everybody signed out, the cloud as at its start, nothing logged.
function Initialize-TestCloud {
    Disconnect-GcpAccount -All
    Invoke-Cloud -Method Post -Path 'reset'
}

# A call of the emulator's control endpoint; tools/GcpEmulator/README.md lists them.
function Invoke-Cloud {
    param(
        [Parameter(Mandatory = $true)]
        [string]$Path,

        [string]$Method = 'Get',

        [hashtable]$Body
    )

    $call = @{ Uri = [uri]::new($script:Cloud.Address, '/_emulator/' + $Path); Method = $Method; UseBasicParsing = $true }
    if ($Body) {
        $call.Body = $Body | ConvertTo-Json -Depth 5
        $call.ContentType = 'application/json'
    }

    Invoke-RestMethod @call
}

# The requests that reached the cloud, those of a path where one is given.
function Get-CloudRequest {
    param([string]$Path = '*')

    # PowerShell emits a JSON array as one object; this makes several of it.
    Invoke-Cloud -Path ('requests?path=' + [uri]::EscapeDataString($Path)) | ForEach-Object { $_ }
}

# A service account key file for the emulated cloud, and what a sign-in with it needs.
function New-KeySignIn {
    [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Writes a file of the test.')]
    param()

    $file = Join-Path -Path $script:Cloud.Folder -ChildPath 'key.json'
    $key = Invoke-Cloud -Method Post -Path 'keys' -Body @{ ownTokenUri = $true }
    Set-Content -LiteralPath $file -Value ($key | ConvertTo-Json) -Encoding Ascii
    @{ CredentialPath = $file; Endpoint = @{ token = [uri]::new($script:Cloud.Address, '/token').AbsoluteUri } }
}

# Runs a script in a fresh PowerShell of the same kind and returns what it wrote, line by line.
function Invoke-FreshPowerShell {
    param(
        [Parameter(Mandatory = $true)]
        [string]$Script
    )

    $file = Join-Path -Path $script:Cloud.Folder -ChildPath ([guid]::NewGuid().ToString('N') + '.ps1')
    Set-Content -LiteralPath $file -Value $Script -Encoding Ascii
    $shell = (Get-Process -Id $PID).Path

    # Windows PowerShell makes an error of each line that a program writes to its standard error.
    $ErrorActionPreference = 'Continue'
    $lines = & $shell -NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -File $file 2>&1
    if ($LASTEXITCODE -ne 0) {
        throw "The fresh PowerShell ended with ${LASTEXITCODE}: $lines"
    }

    $lines
}
