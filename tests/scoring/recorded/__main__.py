from tests.scoring.recorded import record

record()
