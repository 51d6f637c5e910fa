BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
    Connect-TestCloud
}

AfterAll {
    Disconnect-TestCloud
}

Describe 'Sessions' {
    BeforeEach {
        Initialize-TestCloud
    }

    It 'need no Connect-GcpAccount' {
        $context = Get-GcpContext

        $context.Name | Should -Be 'default'
        $context.CredentialType | Should -Be 'MetadataServer'
        $context.Project | Should -Be 'demo-project'
        $context.Zone | Should -Be 'europe-west1-b'
        $context.IsDefault | Should -BeTrue
    }

    It 'are proved when they are connected' {
        $context = Connect-GcpAccount -MetadataServer -Name proved

        $context.Account | Should -BeLike '*@developer.gserviceaccount.com'
        $context.TokenExpiresAt | Should -BeGreaterThan ([datetime]::Now)
        @(Get-CloudRequest -Path '*/token').Count | Should -Be 1
    }

    It 'go side by side, and -Context chooses one for a call' {
        $signIn = New-KeySignIn
        $null = Connect-GcpAccount @signIn -Name key
        $vm = Connect-GcpAccount -MetadataServer -Name vm

        (Get-GceAccessToken).Account | Should -BeLike '*-compute@*'
        (Get-GceAccessToken -Context key).Account | Should -BeLike 'robot@*'
        (Get-GceAccessToken -Context $vm).Account | Should -BeLike '*-compute@*'
        @(Get-GcsBucket -Prefix demo-project-bucket-1000 -Context key).Count | Should -Be 1
        @(Get-GcpContext -ListAvailable).Name | Sort-Object | Should -Be @('default', 'key', 'vm')
    }

    It 'can be selected and go on where they were' {
        $null = Connect-GcpAccount -Name one -Project project-one -SkipValidation
        $null = Connect-GcpAccount -Name two -Project project-two -SkipValidation
        (Get-GcpContext).Name | Should -Be 'two'

        Select-GcpContext -Name one
        (Get-GcpContext).Project | Should -Be 'project-one'
        Get-GcpContext -ListAvailable | Where-Object Name -EQ two | Select-GcpContext
        (Get-GcpContext).Project | Should -Be 'project-two'
    }

    It 'take settings, and give them back' {
        Set-GcpContext -Project other-project -Zone us-central1-a
        (Get-GcpContext).Project | Should -Be 'other-project'
        (Get-GcpContext).ProjectSource | Should -Be 'session'

        Set-GcpContext -Project '' -Zone ''
        (Get-GcpContext).Project | Should -Be 'demo-project'
    }

    It 'read the environment when they are used' {
        try {
            $env:GOOGLE_CLOUD_PROJECT = 'from-environment'
            (Get-GcpContext).Project | Should -Be 'from-environment'
            (Get-GcpContext).ProjectSource | Should -Be 'GOOGLE_CLOUD_PROJECT'
        }
        finally {
            $env:GOOGLE_CLOUD_PROJECT = $null
        }

        (Get-GcpContext).Project | Should -Be 'demo-project'
    }

    It 'end with Disconnect-GcpAccount' {
        $null = Connect-GcpAccount -Name one
        $null = Connect-GcpAccount -Name two
        $null = Invoke-Cloud -Method Delete -Path 'requests'

        Get-GcpContext -Name one | Disconnect-GcpAccount
        @(Get-GcpContext -ListAvailable).Name | Should -Not -Contain 'one'
        Disconnect-GcpAccount -All
        (Get-GcpContext).Name | Should -Be 'default'
        $null = Get-GceAccessToken
        @(Get-CloudRequest -Path '*/token').Count | Should -Be 1
    }

    It 'sign in under -WhatIf too, for a dry run needs an identity' {
        $WhatIfPreference = $true

        (Connect-GcpAccount -Name dry).Name | Should -Be 'dry'
        @(Get-GcsBucket -Prefix demo-project-bucket-1000).Count | Should -Be 1
    }

    It 'find a path where PowerShell is, not where the process is' {
        $signIn = New-KeySignIn
        Push-Location -LiteralPath $Cloud.Folder
        try {
            (Connect-GcpAccount -CredentialPath 'key.json' -Endpoint $signIn.Endpoint).Account | Should -BeLike 'robot@*'
        }
        finally {
            Pop-Location
        }
    }

    It 'take a credential that never was a file' {
        $signIn = New-KeySignIn
        $json = [System.Net.NetworkCredential]::new('', (Get-Content -LiteralPath $signIn.CredentialPath -Raw)).SecurePassword

        $context = Connect-GcpAccount -CredentialJson $json -Endpoint $signIn.Endpoint

        $context.CredentialType | Should -Be 'service_account'
        @(Get-GcsBucket -Prefix demo-project-bucket-1000).Count | Should -Be 1
    }
}
