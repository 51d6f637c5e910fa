BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
    Connect-TestCloud
}

AfterAll {
    Disconnect-TestCloud
}

Describe 'Import' {
    BeforeEach {
        Initialize-TestCloud
    }

    It 'brings one assembly of ours and asks nobody' {
        $lines = Invoke-FreshPowerShell -Script @"
`$before = [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { `$_.GetName().Name }
Import-Module -Name '$(Get-ModuleUnderTest)' -ErrorAction Stop
[AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { `$_.GetName().Name } | Where-Object { `$_ -notin `$before }
"@

        $ours = @($lines | Where-Object { $_ -match '^(GcpWorkloadAuth|Google\.|Newtonsoft)' })
        $ours | Should -Be @('GcpWorkloadAuth')
        Get-CloudRequest | Should -BeNullOrEmpty
    }

    It 'exports the cmdlets of the manifest, and an alias' {
        $module = Get-Module -Name GcpWorkloadAuth
        $manifest = Import-PowerShellDataFile -Path (Join-Path -Path $module.ModuleBase -ChildPath 'GcpWorkloadAuth.psd1')

        @($module.ExportedCmdlets.Keys | Sort-Object) | Should -Be @($manifest.CmdletsToExport | Sort-Object)
        @($module.ExportedAliases.Keys) | Should -Be @($manifest.AliasesToExport)
        $module.ExportedFunctions.Count | Should -Be 0
        (Get-Command -Name Get-GcpAccessToken).ResolvedCommandName | Should -Be 'Get-GceAccessToken'
    }

    It 'comes from where the test said' {
        $module = Get-Module -Name GcpWorkloadAuth
        $loaded = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'GcpWorkloadAuth' }

        $loaded.Location | Should -BeLike (Join-Path -Path $module.ModuleBase -ChildPath '*')
        if (-not $env:GCPWORKLOADAUTH_MODULE) {
            $module.Path | Should -BeLike '*GcpWorkloadAuth.dll'
            $module.ModuleBase | Should -Be (Split-Path -Path (Get-ModuleUnderTest) -Parent)
        }
    }

    It 'warns of nothing' {
        Import-Module -Name (Get-ModuleUnderTest) -Force -Global -WarningVariable warnings -WarningAction SilentlyContinue

        $warnings | Should -BeNullOrEmpty
    }

    It 'leaves the libraries of others alone' -Skip:($PSVersionTable.PSEdition -ne 'Core') {
        $signIn = New-KeySignIn
        $lines = Invoke-FreshPowerShell -Script @"
`$ErrorActionPreference = 'Stop'
`$null = '{}' | ConvertFrom-Json
Import-Module -Name '$(Get-ModuleUnderTest)'
`$null = Connect-GcpAccount -CredentialPath '$($signIn.CredentialPath)' -Endpoint @{ token = '$($signIn.Endpoint.token)' }
`$null = Get-GcsBucket -Prefix demo-project-bucket-0001
'{"a":1}' | ConvertFrom-Json | ForEach-Object { 'a=' + `$_.a }
foreach (`$assembly in [AppDomain]::CurrentDomain.GetAssemblies()) {
    `$name = `$assembly.GetName().Name
    if (`$name -match '^(Google\.|Newtonsoft|GcpWorkloadAuth)') {
        `$name + ' in ' + [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext(`$assembly).Name
    }
}
"@

        $lines | Should -Contain 'a=1'
        $lines | Should -Contain 'Google.Apis.Auth in GcpWorkloadAuth.Engine'
        $lines | Should -Contain 'Newtonsoft.Json in GcpWorkloadAuth.Engine'
        $lines | Should -Contain 'Newtonsoft.Json in Default'
        @($lines | Where-Object { $_ -match '^(Google|GcpWorkloadAuth).* in Default$' } | Sort-Object) |
            Should -Be @('GcpWorkloadAuth in Default', 'GcpWorkloadAuth.Loader in Default')
    }

    It 'by force keeps the session and its token' {
        $commands = @(Get-Command -Module GcpWorkloadAuth).Name
        $null = Connect-GcpAccount -Name kept
        $token = Get-GceAccessToken -AsPlainText
        $null = Invoke-Cloud -Method Delete -Path 'requests'

        1..2 | ForEach-Object { Import-Module -Name (Get-ModuleUnderTest) -Force -Global }

        (Get-GcpContext).Name | Should -Be 'kept'
        Get-GceAccessToken -AsPlainText | Should -Be $token
        Get-CloudRequest -Path '*/token' | Should -BeNullOrEmpty
        @(Get-Command -Module GcpWorkloadAuth).Name | Should -Be $commands
    }

    It 'can follow a removal' {
        $null = Connect-GcpAccount -Name kept

        Remove-Module -Name GcpWorkloadAuth
        Get-Module -Name GcpWorkloadAuth | Should -BeNullOrEmpty
        Import-Module -Name (Get-ModuleUnderTest) -Global

        (Get-GcpContext).Name | Should -Be 'kept'
    }

    It 'works in a restricted session, as JEA makes one' {
        $state = [System.Management.Automation.Runspaces.InitialSessionState]::CreateRestricted('RemoteServer')
        $state.ImportPSModule(@(Get-ModuleUnderTest))
        $runspace = [System.Management.Automation.Runspaces.RunspaceFactory]::CreateRunspace($state)
        $runspace.Open()
        try {
            $runspace.SessionStateProxy.LanguageMode | Should -Be 'NoLanguage'
            foreach ($name in 'Get-GceAccessToken', 'Get-GcpContext', 'Get-GceServiceAccount') {
                $shell = [powershell]::Create()
                $shell.Runspace = $runspace
                $output = @($shell.AddCommand($name).Invoke())
                $shell.Streams.Error | Should -BeNullOrEmpty
                $output.Count | Should -Be 1 -Because $name
                $shell.Dispose()
            }
        }
        finally {
            $runspace.Dispose()
        }
    }
}
