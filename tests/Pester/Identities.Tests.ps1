BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
    Connect-TestCloud
    $script:Worker = 'worker@demo-project.iam.gserviceaccount.com'
}

AfterAll {
    Disconnect-TestCloud
}

Describe 'Connect-GcpAccount -ImpersonateServiceAccount' {
    BeforeEach {
        Initialize-TestCloud
        Invoke-Cloud -Method Post -Path 'impersonations' -Body @{ target = $Worker }
    }

    It 'works as the account' {
        $context = Connect-GcpAccount -ImpersonateServiceAccount $Worker

        $context.Account | Should -Be $Worker
        @(Get-GcsBucket -Prefix demo-project-bucket-000).Count | Should -Be 9
        @(Get-CloudRequest -Path '*:generateAccessToken').Count | Should -Be 1
    }

    It 'takes a lifetime as people write it' {
        $null = Connect-GcpAccount -ImpersonateServiceAccount $Worker -Lifetime 00:20:00 -SkipValidation

        (Get-GceAccessToken).ExpiresAt | Should -BeLessThan ([datetime]::Now.AddMinutes(21))
        { Get-GceAccessToken -Lifetime (New-TimeSpan -Seconds 5) } | Should -Throw -ErrorId 'LifetimeInvalid,*'
    }

    It 'says what is missing' {
        Invoke-Cloud -Method Post -Path 'reset'
        { Connect-GcpAccount -ImpersonateServiceAccount nobody@demo-project.iam.gserviceaccount.com } |
            Should -Throw -ErrorId 'ImpersonationTargetNotFound,*'
    }
}

Describe 'Get-GceIdentityToken' {
    BeforeEach {
        Initialize-TestCloud
    }

    It 'says who this is, once' {
        $token = Get-GceIdentityToken -Audience https://service.example -Format Full
        $null = Get-GcpIdentityToken https://service.example -Format Full

        $token.Audience | Should -Be 'https://service.example'
        $token.ComputeEngine.InstanceName | Should -Be 'demo-vm'
        $token.Token | Should -BeOfType ([securestring])
        @(Get-CloudRequest -Path '*/identity').Count | Should -Be 1
    }

    It 'shows no token in <_>' -ForEach 'Out-String', 'Format-List', 'ConvertTo-Json', 'Export-Clixml', 'a job' {
        $token = Get-GceIdentityToken -Audience a
        $plain = Get-GceIdentityToken -Audience a -AsPlainText
        $file = Join-Path -Path $Cloud.Folder -ChildPath 'identity.xml'
        $text = switch ($_) {
            'Out-String' { $token | Out-String -Width 500 }
            'Format-List' { $token | Format-List -Property * -Force | Out-String -Width 5000 }
            'ConvertTo-Json' { $token | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue }
            'Export-Clixml' { $token | Export-Clixml -Path $file; Get-Content -LiteralPath $file -Raw }
            'a job' { Start-Job -ScriptBlock { $args[0] } -ArgumentList $token | Receive-Job -Wait -AutoRemoveJob | Out-String -Width 5000 }
        }

        $plain.Split('.').Count | Should -Be 3
        $text | Should -Not -BeLike ('*' + $plain.Split('.')[2].Substring(0, 20) + '*')
        $text | Should -Not -BeLike ('*' + $plain.Split('.')[1].Substring(0, 20) + '*')
    }
}

Describe 'New-GcpDownscopedToken' {
    BeforeEach {
        Initialize-TestCloud
    }

    It 'takes rules as a script has them' {
        $rows = "Bucket,Role,Prefix`ndemo-project-bucket-0001,objectViewer,in/" | ConvertFrom-Csv
        $table = @{ Bucket = 'demo-project-bucket-0002'; Role = 'objectViewer' }

        @(@($rows) + $table | New-GcpDownscopedToken).Count | Should -Be 1
        @(Get-GcsBucket -Prefix demo-project-bucket-000 | New-GcpDownscopedToken -Role objectViewer).Count | Should -Be 1
        { New-GcpDownscopedToken -Rule @{ Bucket = 'b-1'; Role = 'objectViewer'; Prefix = '' } } |
            Should -Throw -ErrorId 'AccessBoundaryRuleInvalid,*'
    }

    It 'shows the token nowhere' {
        $token = New-GcpDownscopedToken -Bucket demo-project-bucket-0001 -Role objectViewer
        $plain = [System.Net.NetworkCredential]::new('', $token.Token).Password

        $plain.Length | Should -BeGreaterThan 20
        ($token | Format-List -Property * -Force | Out-String -Width 5000) | Should -Not -Match ([regex]::Escape($plain))
        ($token | ConvertTo-Json) | Should -Not -Match ([regex]::Escape($plain))
    }
}
