"""An organisation that a wave reaches: files with its rules and people, and one of 14 starters and 6 leavers."""

COURSES = "code,title\nFIRE,Fire safety\nFORK,Forklift\nGAS,Gas\n"
STAFF = [f"{number},Staff {number},{'Driver' if number <= 3 else 'Clerk'},North" for number in range(1, 13)]
PEOPLE = "employee_no,name,job_role,site\n" + "\n".join(STAFF) + "\nS14,Starter 14,,\n"
"""Starter 14 is known before the wave, as an exemption names them, and takes up a place with it."""

REQUIREMENTS = (
    "course,job_role,site,employee_no,grace_days,exempt,reason,until\n"
    "FIRE,,,,,,,\nFORK,Driver,,,14,,,\nGAS,,South,,0,,,\nFIRE,,,S14,,yes,Comes certified,2999-12-31\n"
)
COMPLIANCE = "employee_no,course,status\n" + "".join(f"{number},FIRE,COMPLIANT\n" for number in range(2, 13))
STARTERS = [
    f"S{number},Starter {number:02},{'Driver' if number <= 8 else 'Clerk'},{'South' if number >= 7 else 'North'},yes"
    for number in range(1, 15)
]
LEAVERS = [f"{number},Staff {number},Driver,North,no" for number in range(1, 7)]
WAVE = "employee_no,name,job_role,site,active\n" + "\n".join(STARTERS + LEAVERS) + "\n"
DRIVERS = {f"S{number}" for number in range(1, 9)}
RED: dict[str, dict[int, set[str]]] = {
    "FIRE": {days: {f"S{number}" for number in range(1, 14)} for days in (1, 14, 15)},
    "FORK": {1: set(), 14: set(), 15: DRIVERS},
    "GAS": {days: {f"S{number}" for number in range(7, 15)} for days in (1, 14, 15)},
}
"""Who is red for a course so many days after the wave."""

YELLOW: dict[str, dict[int, set[str]]] = {"FORK": {1: DRIVERS, 14: DRIVERS, 15: set()}}
