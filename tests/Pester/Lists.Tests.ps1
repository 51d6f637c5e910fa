BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Common.ps1')
    Connect-TestCloud
}

AfterAll {
    Disconnect-TestCloud
}

Describe 'Lists' {
    BeforeEach {
        Initialize-TestCloud
    }

    It 'come whole, page by page' {
        @(Get-GcsBucket).Count | Should -Be 1100
        @(Get-GceInstance).Count | Should -Be 1100

        @(Get-CloudRequest -Path '/storage/v1/b').Count | Should -Be 2
        @(Get-CloudRequest -Path '*/aggregated/instances').Count | Should -Be 3
    }

    It 'stop asking when Select-Object -First has enough' {
        @(Get-GcsBucket | Select-Object -First 3).Count | Should -Be 3
        @(Get-GceInstance | Select-Object -First 3).Count | Should -Be 3
        @(Get-GceInstance | Where-Object Status -EQ RUNNING | Select-Object -First 600).Count | Should -Be 600

        @(Get-CloudRequest -Path '/storage/v1/b').Count | Should -Be 1
        @(Get-CloudRequest -Path '*/aggregated/instances').Count | Should -Be 3
    }

    It 'give the first object before the second page is asked for' {
        $seen = @(Get-GceInstance | ForEach-Object { @(Get-CloudRequest -Path '*/aggregated/instances').Count } | Select-Object -First 2)

        $seen | Should -Be @(1, 1)
    }

    It 'sort, filter, group and measure' {
        $instances = Get-GceInstance

        ($instances | Sort-Object -Property Id | Select-Object -First 1).Id | Should -BeOfType ([uint64])
        $byTime = @($instances | Sort-Object -Property CreationTime -Descending)
        $byTime[0].CreationTime | Should -BeGreaterThan $byTime[-1].CreationTime
        @($instances | Where-Object { $_.Labels['env'] -eq 'prod' }).Count | Should -BeGreaterThan 10
        @($instances | Group-Object -Property Status).Name | Should -Be @('RUNNING', 'TERMINATED')
        ($instances | Measure-Object -Property CreationTime -Maximum).Maximum | Should -BeOfType ([datetime])
        @($instances | Sort-Object -Property Name -Unique).Count | Should -Be 1100
    }

    It 'take wildcards and names' {
        @(Get-GcsBucket -Name 'demo-*-00[01]?').Count | Should -BeGreaterThan 10
        (Get-GcsBucket -Name demo-project-bucket-0007).Name | Should -Be 'demo-project-bucket-0007'
        @(Get-GceInstance -Name 'vm-0001?').Count | Should -Be 10
        (Get-GceInstance -Current).Name | Should -Be 'demo-vm'
    }

    It 'pipe into each other' {
        (Get-GcsBucket -Prefix demo-project-bucket-100 | Get-GcsBucket).Count | Should -Be 10
        $running = Get-GceInstance -Name 'vm-0001?' | Where-Object Status -EQ RUNNING
        @($running | Get-GceInstance | Where-Object Status -NE RUNNING) | Should -BeNullOrEmpty
        @(Get-GceServiceAccount | Get-GceAccessToken).Count | Should -Be 1
    }

    It 'export to CSV' {
        $file = Join-Path -Path $Cloud.Folder -ChildPath 'instances.csv'
        Get-GceInstance -Name 'vm-0001?' | Export-Csv -Path $file -NoTypeInformation
        Get-GcsBucket -Prefix demo-project-bucket-100 | Select-Object -Property Name, Location, CreationTime |
            Export-Csv -Path "$file.buckets" -NoTypeInformation

        $rows = @(Import-Csv -Path $file)
        $rows.Count | Should -Be 10
        $rows[0].Name | Should -BeLike 'vm-0001*'
        $rows[0].Zone | Should -Match '^[a-z]+-[a-z]+\d-[a-z]$'
        @(Import-Csv -Path "$file.buckets")[0].PSObject.Properties.Name | Should -Be @('Name', 'Location', 'CreationTime')
    }

    It 'show tables of a width that fits' {
        foreach ($command in 'Get-GcsBucket -Prefix demo-project-bucket-100', 'Get-GceInstance vm-0001?', 'Get-GceServiceAccount', 'Get-GcpContext', 'Get-GceAccessToken') {
            $lines = @(& ([scriptblock]::Create($command)) | Out-String -Stream -Width 120 | Where-Object { $_ })

            $lines.Count | Should -BeGreaterThan 1 -Because $command
            ($lines | Measure-Object -Property Length -Maximum).Maximum | Should -BeLessOrEqual 120 -Because $command
        }
    }

    It 'name a zone that cannot be reached, once, and give the rest' {
        Invoke-Cloud -Method Post -Path 'unreachable' -Body @{ zone = 'europe-west1-b' }

        $instances = @(Get-GceInstance -WarningVariable warnings -WarningAction SilentlyContinue)

        $instances.Count | Should -BeGreaterThan 500
        @($warnings).Count | Should -Be 1
        "$warnings" | Should -BeLike '*europe-west1-b*'
    }
}

Describe 'Get-GceMetadata' {
    BeforeEach {
        Initialize-TestCloud
    }

    It 'gives values, names and trees' {
        Get-GceMetadata -Path instance/name | Should -Be 'demo-vm'
        Get-GceMetadata -Path project/project-id | Should -Be 'demo-project'
        (Get-GceMetadata -Path instance/ -Recurse).networkInterfaces[0].ip | Should -Match '^10\.'
        (Get-GceMetadata -Recurse | ConvertTo-Json -Depth 10) | Should -BeLike '*demo-project*'
    }

    It 'sees a change' {
        Invoke-Cloud -Method Post -Path 'attributes' -Body @{ instance = @{ role = 'web' } }
        Get-GceMetadata -Path attributes/role -ETagVariable etag | Should -Be 'web'
        Invoke-Cloud -Method Post -Path 'attributes' -Body @{ instance = @{ role = 'db' } }

        Get-GceMetadata -Path attributes/role -WaitForChange -LastETag $etag -TimeoutSec 20 | Should -Be 'db'
    }
}
