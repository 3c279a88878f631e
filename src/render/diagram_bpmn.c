/* diagram_bpmn.c: */
#include "diagram.h"
