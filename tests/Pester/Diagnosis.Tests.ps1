BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
    Connect-TestCloud
}

AfterAll {
    Disconnect-TestCloud
}

Describe 'Test-GcpAuthentication' {
    BeforeEach {
        Initialize-TestCloud
    }

    It 'finds nothing wrong with a healthy machine' {
        $rows = @(Test-GcpAuthentication -Permission compute.instances.list -Bucket demo-project-bucket-0001)

        @($rows | Where-Object -Property Status -EQ -Value Fail) | Should -HaveCount 0
        $rows[0].Check | Should -Be 'Source: session'
        $rows[-1].Check | Should -Be 'Other modules'
        Test-GcpAuthentication -Quiet | Should -BeTrue
    }

    It 'says false and why where no account is attached' {
        Invoke-Cloud -Method Post -Path 'detach'
        try {
            Test-GcpAuthentication -Quiet | Should -BeFalse
            $token = Test-GcpAuthentication | Where-Object -Property Check -EQ -Value 'Token'
            $token.Status | Should -Be 'Fail'
            $token.Recommendation | Should -Match 'set-service-account'
        }
        finally {
            Invoke-Cloud -Method Post -Path 'reset'
        }
    }

    It 'serializes without colours, and a job''s rows are shown as live ones are' {
        $row = Test-GcpAuthentication | Select-Object -First 1

        ($row | ConvertTo-Json) | Should -Not -Match ([char]27)
        ($row | Out-String) | Should -Not -Match ([char]27)
        $job = Start-Job -ScriptBlock { $using:row }
        $copy = $job | Receive-Job -Wait -AutoRemoveJob
        ($copy | Out-String) | Should -Match 'Skipped'
    }

    It 'names another module with a command of ours' {
        $module = New-Module -Name StandIn -ScriptBlock {
            function Get-GcsBucket { 'other' }
            Export-ModuleMember -Function Get-GcsBucket
        }
        Import-Module -ModuleInfo $module -Global
        try {
            $row = Test-GcpAuthentication | Where-Object -Property Check -EQ -Value 'Other modules'
            $row.Status | Should -Be 'Warning'
            $row.Detail | Should -Match 'StandIn'
        }
        finally {
            Remove-Module -Name StandIn
        }
    }
}
