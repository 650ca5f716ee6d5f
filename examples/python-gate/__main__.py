import pulumi
import pulumi_crashtest as crashtest

config = pulumi.Config()
version = config.get("version") or "1"

staging = crashtest.Project(
    "staging",
    url=config.require("stagingUrl"),
    # Your consent, for a service that asks for it: see docs/veracode.md.
    authorized_to_scan=True,
)

# At each `pulumi up` that deploys another version.
scan = crashtest.Scan(
    "scan",
    project_id=staging.project_id,
    triggers={"version": version},
    when_running="restart",
)

gate = crashtest.ScanGate("gate", scan=scan, fail_on="high", timeout_seconds=600)

# Stands for what goes live. It comes only after the gate has opened.
production = crashtest.Project(
    "production",
    url=config.require("productionUrl"),
    authorized_to_scan=True,
    opts=pulumi.ResourceOptions(depends_on=[gate]),
)

# The gate's IDs are known once the scan has ended.
found = crashtest.get_findings_output(project_id=gate.project_id, scan_id=gate.scan_id)

pulumi.export("scanId", scan.scan_id)
pulumi.export("findings", found.findings.apply(lambda findings: [each["title"] for each in findings]))
pulumi.export("productionId", production.project_id)
