<#
.SYNOPSIS
    Builds, tests and packs the module. A thin face over dotnet.
.DESCRIPTION
    Needs the .NET SDK and nothing else, in Windows PowerShell 5.1 or PowerShell 7.

    Build    builds everything and stages output/GcpWorkloadAuth/<version>/
    Test     runs every test that needs no cloud
    Package  writes release/GcpWorkloadAuth-<version>.zip and release/GcpWorkloadAuth.<version>.nupkg
    Clean    removes what the others made
.EXAMPLE
    ./build.ps1 -Task Test
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Package', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'

function Invoke-DotNet {
    # Not in the parameters' own words: a native command's failure is an exit code, and it ends the script.
    & dotnet $args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args -join ' ') ended with $LASTEXITCODE."
    }
}

$root = $PSScriptRoot
switch ($Task) {
    'Build' { Invoke-DotNet build $root --configuration $Configuration }
    'Test' { Invoke-DotNet test $root --configuration $Configuration }
    'Package' { Invoke-DotNet run --project ([IO.Path]::Combine($root, 'tools', 'Packager')) --configuration $Configuration }
    'Clean' {
        foreach ($folder in 'artifacts', 'output', 'bin', 'lib', 'en-US', 'release') {
            $path = [IO.Path]::Combine($root, $folder)
            if ([IO.Directory]::Exists($path)) {
                [IO.Directory]::Delete($path, $true)
            }
        }
    }
}
